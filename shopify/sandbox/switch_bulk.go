package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// bulkSwitches are about bulk operations and their result files.
func bulkSwitches() []Switch {
	return []Switch{
		{"bulk-others", "N", "other programs with this app run N bulk operations; 5 take every place", bulkNumber(func(b *BulkSettings, n int) { b.Others = n })},
		{"bulk-seconds", "N", "bulk operations take N seconds", bulkNumber(func(b *BulkSettings, n int) { b.Delay = time.Duration(n) * time.Second })},
		{"bulk-refused", "WHY", "bulk is refused: limit, not-enabled, no-allowlist, forbidden or none", func(_ *Server, shop *Shop, why string) error {
			refusal := BulkRefusal(strings.ReplaceAll(strings.TrimPrefix(why, "none"), "-", " "))
			switch refusal {
			case "", BulkLimit, BulkNotEnabled, BulkNoAllowlist, BulkForbidden:
				return shop.bulkSetting(func(b *BulkSettings) { b.Refusal = refusal })
			}
			return fmt.Errorf("there is no refusal %q", why)
		}},
		{"bulk-outright", "", "a bulk query that does not fit is refused as any other query", func(_ *Server, shop *Shop, _ string) error {
			return shop.bulkSetting(func(b *BulkSettings) { b.Outright = true })
		}},
		{"bulk-address", "URL", "results of bulk operations are said to lie there", func(_ *Server, shop *Shop, address string) error {
			return shop.bulkSetting(func(b *BulkSettings) { b.Address = address })
		}},
	}
}

func bulkNumber(set func(*BulkSettings, int)) func(*Server, *Shop, string) error {
	return func(_ *Server, shop *Shop, typed string) error {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 0 {
			return fmt.Errorf("%q is no number", typed)
		}
		return shop.bulkSetting(func(b *BulkSettings) { set(b, n) })
	}
}

func (s *Shop) bulkSetting(set func(*BulkSettings)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	set(&s.bulk.settings)
	return nil
}
