package site

import (
	"errors"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// hazard H1, H2, H3
func TestParseShop(t *testing.T) {
	for _, c := range hostile.Cases(t, "shops") {
		got, err := ParseShop(c.Text)
		if c.Verdict == "refused" {
			assertNoShop(t, c.Text, got, err)
			continue
		}
		if err != nil || got != c.Verdict {
			t.Errorf("%q: %q %v, want %q", c.Text, got, err, c.Verdict)
		}
		if again, err := ParseShop(got); err != nil || again != got || !IsShop(got) {
			t.Errorf("%q is not the canonical form: %q %v", got, again, err)
		}
	}
}

// assertNoShop checks that a text is refused, and that the error shows its unusual letters.
func assertNoShop(t *testing.T, typed, got string, err error) {
	t.Helper()
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != connector.Usage || len(fault.Next) == 0 {
		t.Errorf("%q: %q %v", typed, got, err)
		return
	}
	if len(fault.Message) > 700 || strings.ContainsFunc(fault.Message, func(r rune) bool { return r < ' ' || r > '~' }) {
		t.Errorf("%q is shown as %q", typed, fault.Message)
	}
	if IsShop(typed) {
		t.Errorf("%q passes for a domain", typed)
	}
}

// A domain that Shopify sends is accepted only in its canonical form.
//
// hazard O5
func TestShopDomainsThatAreSent(t *testing.T) {
	for _, sent := range []string{"a.myshopify.com\n", "A.myshopify.com", " a.myshopify.com",
		"a", "https://a.myshopify.com", "a.myshopify.com/"} {
		if IsShop(sent) {
			t.Errorf("%q passes for a domain", sent)
		}
	}
}

func FuzzParseShop(f *testing.F) {
	for _, c := range hostile.Cases(f, "shops") {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		domain, err := ParseShop(typed)
		if err != nil {
			return
		}
		if again, err := ParseShop(domain); err != nil || again != domain || strings.Count(domain, ".") != 2 {
			t.Errorf("%q becomes %q, and that %q %v", typed, domain, again, err)
		}
	})
}
