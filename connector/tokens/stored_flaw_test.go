package tokens

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// A stored token that no request could hold is renewed where it can be, and else told as
// that; it is never sent.
func TestStoredTokenWithAFlaw(t *testing.T) {
	for name, test := range map[string]struct {
		kind  connector.TokenKind
		life  time.Duration
		token string
		want  string // the token that is given, "" for a fault
		told  string
	}{
		"line break, renewed":  {connector.Expiring, time.Hour, "old\r\n", "new-1", ""},
		"control, renewed":     {connector.Expiring, time.Hour, "o\x1bld", "new-1", ""},
		"a blank, minted":      {connector.FromSecrets, time.Hour, "o ld", "new-1", ""},
		"control, for ever":    {connector.Permanent, 0, "old\x00", "", "a control character"},
		"line break, for ever": {connector.Permanent, 0, "old\n", "", "a line break"},
		"none":                 {connector.Permanent, 0, "old", "old", ""},
	} {
		s, c := linked(t, test.kind, test.life)
		kept := s.registry.Sealed["main"]
		kept.AccessToken = connector.NewSecret(test.token)
		s.registry.Sealed["main"] = kept
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fakeshop.Pair(1)) }
		s.platform.Refuses = func(token connector.Secret) bool {
			if token.Reveal() == test.token && test.want == "" {
				t.Errorf("%s: it was sent", name)
			}
			return false
		}
		token, err := s.keeper.Credentials(c).Token(t.Context())
		if token.Reveal() != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q, %v", name, token.Reveal(), err)
		}
		var fault *connector.Fault
		if test.told != "" && (!errors.As(err, &fault) || !strings.Contains(fault.Message, test.told) || len(fault.Next) == 0) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
