package sandbox

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
)

// proxySwitches are about what is answered before the shop hears of a request.
func proxySwitches() []Switch {
	return []Switch{
		{"proxy-page", "STATUS", "a proxy answers with a page of its own and that status; 0 ends it", func(_ *Server, shop *Shop, typed string) error {
			status, err := strconv.Atoi(typed)
			if err != nil || status != 0 && (status < 200 || status > 599) {
				return fmt.Errorf("%q is no status", typed)
			}
			shop.Front.ShowPage(status)
			return nil
		}},
		{"token-ending", "TEXT", "access tokens end with that, written as in \\r\\n; \"\" for nothing", func(_ *Server, shop *Shop, typed string) error {
			ending, err := strconv.Unquote(`"` + strings.Trim(typed, `"`) + `"`)
			shop.Account.ChangeGrant(func(g *oauth.Grant) { g.Ending = ending })
			return err
		}},
		{"retry-after", "SECONDS[xTIMES]", "so many requests (one) are told to come again after that time", func(_ *Server, shop *Shop, typed string) error {
			seconds, times, several := strings.Cut(typed, "x")
			n := 1
			if several {
				var err error
				if n, err = strconv.Atoi(times); err != nil {
					return fmt.Errorf("%q is no number of times", times)
				}
			}
			if _, err := strconv.ParseFloat(seconds, 64); err != nil {
				return fmt.Errorf("%q is no number of seconds", seconds)
			}
			shop.Front.DelayRequests(seconds, n)
			return nil
		}},
	}
}
