package callback

import (
	"errors"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// An address for callbacks is taken only if it is one of this machine, and then
// nothing of it is changed.
//
// hazard O14, O16
func FuzzCallbackURL(f *testing.F) {
	for _, c := range hostile.Cases(f, "environment") {
		if address, found := strings.CutPrefix(c.Text, "ESHOPCTL_SHOPIFY_CALLBACK_URL="); found {
			f.Add(strings.SplitN(address, "\n", 2)[0])
		}
	}
	f.Add("http://127.0.0.1:13388/callback")
	f.Add("http://[::1]:1/")
	f.Add("http://localhost/callback/")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := ParseURL(text, "VARIABLE")
		if err != nil {
			if fault := (*connector.Fault)(nil); !errors.As(err, &fault) || fault.Code != connector.Usage || len(fault.Message) > 600 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if u.String() != text || u.Scheme != "http" || !isLoopback(u.Hostname()) || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("%q is taken, as %s", text, u)
		}
	})
}
