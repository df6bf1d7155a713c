package view

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/eshopos/eshopctl/testdata/hostile"
)

// hostileTexts are texts that a shop might hold to cheat a terminal, a log or a reader,
// and broken UTF-8, which no file in JSON can hold.
func hostileTexts(t testing.TB) []string {
	var byHazard map[string]map[string]string
	hostile.Texts(t, "terminal", &byHazard)
	texts := []string{"\x9b31m", "\x90", "\xff\xfe", "\xc3\x28", "a\xe2\x82", "\xed\xa0\x80"}
	for b := range 0x80 {
		texts = append(texts, "x"+string([]byte{0x80 + byte(b)})+"y")
	}
	for _, named := range byHazard {
		texts = slices.AppendSeq(texts, maps.Values(named))
	}
	return texts
}

// obeyed finds what a terminal may obey or be fooled by.
func obeyed(text string) (rune, bool) {
	for _, r := range text {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e ||
			r >= 0x2060 && r <= 0x206f || r == 0xfeff || r >= 0xe0000 && r <= 0xe007f {
			return r, true
		}
	}
	return 0, !utf8.ValidString(text)
}

// hazard T1, T2, T3, T4
func TestHostileText(t *testing.T) {
	if n := len(hostileTexts(t)); n < 350 {
		t.Fatalf("the corpus has only %d texts", n)
	}
	for _, text := range hostileTexts(t) {
		checkText(t, text)
	}
}

func checkText(t *testing.T, text string) {
	t.Helper()
	if r, found := obeyed(Line(text)); found {
		t.Errorf("Line(%q) = %q holds %q", text, Line(text), r)
	}
	if r, found := obeyed(strings.ReplaceAll(Block(text), "\n", "")); found {
		t.Errorf("Block(%q) = %q holds %q", text, Block(text), r)
	}
	var out bytes.Buffer
	if err := JSONLine(&out, map[string]string{"text": text}); err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSuffix(out.String(), "\n")
	if r, found := obeyed(line); found {
		t.Errorf("JSON of %q is %q and holds %q", text, line, r)
	}
	var back map[string]string
	if err := json.Unmarshal([]byte(line), &back); err != nil || back["text"] != asJSONReads(text) {
		t.Errorf("JSON of %q reads back as %q, %v", text, back["text"], err)
	}
}

// asJSONReads is text with each broken byte replaced, as encoding/json does.
func asJSONReads(text string) string { return string([]rune(text)) }

func FuzzText(f *testing.F) {
	for _, text := range hostileTexts(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkText(t, text) })
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"Green tea":         "Green tea",
		"緑茶 Käse 🍵":         "緑茶 Käse 🍵",
		"\x1b[31mred":       "^[[31mred",
		"a\x7fb":            "a^?b",
		"a\nb\tc\rd":        "a b c d",
		"\u202eabc":         "<U+202E>abc",
		"\U000e0041":        "<U+E0041>",
		"\x9b31m":           "\ufffd31m",
		"<b>&amp;</b> =1+1": "<b>&amp;</b> =1+1",
	} {
		if got := Line(text); got != want {
			t.Errorf("Line(%q) = %q, want %q", text, got, want)
		}
	}
	if got := Block("a\r\nb\x1b"); got != "a \nb^[" {
		t.Errorf("Block = %q", got)
	}
}

func TestJSONKeepsHTML(t *testing.T) {
	var out bytes.Buffer
	_ = JSON(&out, map[string]any{"html": "<p>Tea & cups</p>", "raw": json.RawMessage(`["a` + "\x9b" + `"]`)})
	want := "{\n  \"html\": \"<p>Tea & cups</p>\",\n  \"raw\": [\n    \"a\\ufffd\"\n  ]\n}\n"
	if out.String() != want {
		t.Errorf("got %s", out.String())
	}
}
