package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// interlude is what is answered in the place of the shop.
type interlude struct {
	page  int    // status of a proxy's page, 0 for none
	wait  string // seconds that requests are told to wait
	times int    // how often they are

	ending string // of issued access tokens, which no token has
}

// proxySwitches are about what is answered before the shop hears of a request.
func proxySwitches() []Switch {
	return []Switch{
		{"proxy-page", "STATUS", "a proxy answers with a page of its own and that status; 0 ends it", func(_ *Server, shop *Shop, typed string) error {
			status, err := strconv.Atoi(typed)
			if err != nil || status != 0 && (status < 200 || status > 599) {
				return fmt.Errorf("%q is no status", typed)
			}
			shop.change(func(a *account) { a.interlude.page = status })
			return nil
		}},
		{"token-ending", "TEXT", "access tokens end with that, written as in \\r\\n; \"\" for nothing", func(_ *Server, shop *Shop, typed string) error {
			ending, err := strconv.Unquote(`"` + strings.Trim(typed, `"`) + `"`)
			shop.change(func(a *account) { a.interlude.ending = ending })
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
			shop.change(func(a *account) { a.interlude.wait, a.interlude.times = seconds, n })
			return nil
		}},
	}
}

// interrupted answers in the place of the shop, if something does.
func (a *account) interrupted(w http.ResponseWriter) bool {
	switch i := &a.interlude; {
	case i.page != 0:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(i.page)
		fmt.Fprint(w, "<html><head><title>Access to this site is blocked</title></head><body>Ask your administrator.</body></html>")
		return true
	case i.times > 0:
		i.times--
		w.Header().Set("Retry-After", i.wait)
		refuse(w, http.StatusTooManyRequests, "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.")
		return true
	}
	return false
}
