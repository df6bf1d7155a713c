package given

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// fromUTF16 is a text in UTF-16.
func fromUTF16(text string, littleEndian bool) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		high, low := byte(unit>>8), byte(unit)
		if littleEndian {
			high, low = low, high
		}
		b.Write([]byte{high, low})
	}
	return b.String()
}

// hazard S13
func TestLine(t *testing.T) {
	const secret = "shpss_0a1b2c3d" // gitleaks:allow: made up
	for _, text := range []string{secret, secret + "\n", secret + "\r\n", " " + secret + "  \n"} {
		if line, err := Line([]byte(text)); line != secret || err != nil {
			t.Errorf("%q: %q, %v", text, line, err)
		}
	}
	for _, text := range []string{"correct horse battery staple", "ключ-ключ", "it's \"so\"", "a=b=="} {
		if line, err := Line([]byte(text)); line != text || err != nil {
			t.Errorf("%q: %q, %v", text, line, err)
		}
	}
	for text, says := range map[string]string{
		"":                                "empty",
		"\n":                              "empty",
		"   \r\n":                         "empty",
		"\ufeff" + secret:                 "byte order mark",
		`"` + secret + `"` + "\n":         "quotes",
		"'" + secret + "'":                "quotes",
		"“" + secret + "”":                "quotes",
		`"`:                               "quotes",
		`""`:                              "quotes",
		secret + "\nsecond":               "second line",
		secret + "\n\n":                   "second line",
		secret + "\rsecond":               "second line",
		"\n" + secret:                     "second line",
		secret + "\x00":                   "NUL",
		"shp\x00ss":                       "NUL",
		fromUTF16("\ufeff"+secret, true):  "UTF-16",
		fromUTF16("\ufeff"+secret, false): "UTF-16",
		fromUTF16(secret+"\r\n", true):    "UTF-16",
		fromUTF16(secret, false):          "UTF-16",
		"shp\xff":                         "not UTF-8",
		secret + "\x1b[0m":                "control character",
		secret + "\t":                     "control character",
		"shp\u200bss":                     "control character",
		"ESHOPCTL_X=" + secret:            "NAME=VALUE",
		"export ESHOPCTL_X=" + secret:     "NAME=VALUE",
	} {
		line, err := Line([]byte(text))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q, %v; want something about %s", text, line, err, says)
		} else if strings.Contains(err.Error(), "shp") {
			t.Errorf("%q: the error gives it away: %v", text, err)
		}
	}
}
