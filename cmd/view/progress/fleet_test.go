package progress

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A log is told which stores wait for which others, unless it is for a moment only.
func TestFleetTellsWhoWaits(t *testing.T) {
	for name, c := range map[string]struct {
		stores string
		begin  int
		ends   bool // within a moment
		quiet  bool
		want   string
	}{
		"some wait":        {stores: "a b c d", begin: 2, want: "waiting for a, b to end: c, d (with --parallel more are at work at a time)\n"},
		"many wait":        {stores: "a b c d e f g h", begin: 1, want: "waiting for a to end: b, c, d, e, f and 2 more (with --parallel more are at work at a time)\n"},
		"nobody waits":     {stores: "a b", begin: 2},
		"it was a moment":  {stores: "a b c", begin: 2, ends: true},
		"nobody is to see": {stores: "a b c", begin: 2, quiet: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				stores := strings.Fields(c.stores)
				f := NewFleet(&out, Style{Quiet: c.quiet}, stores)
				for _, store := range stores[:c.begin] {
					f.Progress(store)
				}
				if c.ends {
					f.Done()
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				f.Done()
				if out.String() != c.want {
					t.Errorf("it says %q, want %q", out.String(), c.want)
				}
			})
		})
	}
}
