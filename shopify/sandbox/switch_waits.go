package sandbox

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
)

// waitSwitches make clients wait.
func waitSwitches() []Switch {
	return []Switch{
		{"hang", "PLACE[xTIMES]", "so many requests (1) hang: " + strings.Join(hangingPlaces, ", "), func(s *Server, _ *Shop, typed string) error {
			place, times, several := strings.Cut(typed, "x")
			n := 1
			if several {
				var err error
				if n, err = strconv.Atoi(times); err != nil {
					return fmt.Errorf("%q is no number of times", times)
				}
			}
			return s.hanging.beginHanging(place, n)
		}},
		{"bulk-stuck", "N", "the next N bulk operations find nothing and never end; 0 for none", bulkNumber(func(b *bulk.Settings, n int) { b.Stuck, b.Times = n > 0, n })},
	}
}
