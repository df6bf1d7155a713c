package connector

import "testing"

func TestWordsFromOutsideArePrintable(t *testing.T) {
	for text, want := range map[string]string{"server_error": "server_error", "a\x1b[31mb": "a?[31mb", "a\r\nb": "a??b", "caf\u00e9": "caf\u00e9", "a\xff\u202eb": "a??b"} {
		if got := PrintableText(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
