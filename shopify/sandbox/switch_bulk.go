package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
)

// bulkSwitches are about bulk operations and their result files.
func bulkSwitches() []Switch {
	return []Switch{
		{"bulk-others", "N", "other programs with this app run N bulk operations; 5 take every place", bulkNumber(func(b *bulk.Settings, n int) { b.Others = n })},
		{"bulk-seconds", "N", "bulk operations take N seconds", bulkNumber(func(b *bulk.Settings, n int) { b.Delay = time.Duration(n) * time.Second })},
		{"bulk-refused", "WHY", "bulk is refused: limit, not-enabled, no-allowlist, forbidden or none", func(_ *Server, shop *Shop, why string) error {
			refusal := bulk.Refusal(strings.ReplaceAll(strings.TrimPrefix(why, "none"), "-", " "))
			switch refusal {
			case "", bulk.Limit, bulk.NotEnabled, bulk.NoAllowlist, bulk.Forbidden:
				shop.Desk.ChangeSettings(func(b *bulk.Settings) { b.Refusal = refusal })
				return nil
			}
			return fmt.Errorf("there is no refusal %q", why)
		}},
		{"bulk-outright", "", "a bulk query that does not fit is refused as any other query", func(_ *Server, shop *Shop, _ string) error {
			shop.Desk.ChangeSettings(func(b *bulk.Settings) { b.Outright = true })
			return nil
		}},
		{"bulk-address", "URL", "results of bulk operations are said to lie there", func(_ *Server, shop *Shop, address string) error {
			shop.Desk.ChangeSettings(func(b *bulk.Settings) { b.Address = address })
			return nil
		}},
	}
}

func bulkNumber(set func(*bulk.Settings, int)) func(*Server, *Shop, string) error {
	return func(_ *Server, shop *Shop, typed string) error {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 0 {
			return fmt.Errorf("%q is no number", typed)
		}
		shop.Desk.ChangeSettings(func(b *bulk.Settings) { set(b, n) })
		return nil
	}
}
