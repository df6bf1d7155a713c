package connector

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A stored token that no request could hold is renewed where it can be, and else told as
// that; it is never sent.
func TestStoredTokenWithAFlaw(t *testing.T) {
	for name, test := range map[string]struct {
		kind  TokenKind
		life  time.Duration
		token string
		want  string // the token that is given, "" for a fault
		told  string
	}{
		"line break, renewed":  {Expiring, time.Hour, "old\r\n", "new-1", ""},
		"control, renewed":     {Expiring, time.Hour, "o\x1bld", "new-1", ""},
		"a blank, minted":      {FromSecrets, time.Hour, "o ld", "new-1", ""},
		"control, for ever":    {Permanent, 0, "old\x00", "", "a control character"},
		"line break, for ever": {Permanent, 0, "old\n", "", "a line break"},
		"none":                 {Permanent, 0, "old", "old", ""},
	} {
		s, c := linked(t, test.kind, test.life)
		kept := s.registry.secrets["main"]
		kept.AccessToken = NewSecret(test.token)
		s.registry.secrets["main"] = kept
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, pair(1)) }
		s.platform.refuses = func(token Secret) bool {
			if token.Reveal() == test.token && test.want == "" {
				t.Errorf("%s: it was sent", name)
			}
			return false
		}
		token, err := s.service.Credentials(c).Token(t.Context())
		if token.Reveal() != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q, %v", name, token.Reveal(), err)
		}
		var fault *Fault
		if test.told != "" && (!errors.As(err, &fault) || !strings.Contains(fault.Message, test.told) || len(fault.Next) == 0) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordsFromOutsideArePrintable(t *testing.T) {
	for text, want := range map[string]string{"server_error": "server_error", "a\x1b[31mb": "a?[31mb", "a\r\nb": "a??b", "caf\u00e9": "caf\u00e9", "a\xff\u202eb": "a??b"} {
		if got := printableText(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
