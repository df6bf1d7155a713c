package tokens

import (
	"regexp"
	"testing"

	"golang.org/x/oauth2"
)

// RFC 7636, appendix B.
//
// hazard O11
func TestProofKey(t *testing.T) {
	if got := oauth2.S256ChallengeFromVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"); got != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Error(got)
	}
	seen := map[string]bool{}
	for range 100 {
		verifier := NewVerifier()
		if !regexp.MustCompile(`^[A-Za-z0-9_-]{43,}$`).MatchString(verifier) || seen[verifier] {
			t.Fatalf("verifier %q", verifier)
		}
		seen[verifier] = true
	}
}
