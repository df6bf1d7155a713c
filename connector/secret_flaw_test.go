package connector

import "testing"

func TestATokenFitsIntoAHeader(t *testing.T) {
	for text, want := range map[string]string{
		"shpat_0123": "", "": "", "shpat\r\n": "a line break", "a\nX-Other: 1": "a line break", "a b": "a blank", "a\tb": "a blank",
		"a\x00": "a control character", "a\x7f": "a control character", "tök": "a character beyond ASCII",
	} {
		if got := NewSecret(text).Flaw(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
