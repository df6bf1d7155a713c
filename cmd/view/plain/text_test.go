package plain

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/testdata/hostile"
)

// hazard T1, T2, T3, T4
func TestHostileText(t *testing.T) {
	if n := len(hostile.OnTerminals(t)); n < 350 {
		t.Fatalf("the corpus has only %d texts", n)
	}
	for _, text := range hostile.OnTerminals(t) {
		checkText(t, text)
	}
}

func checkText(t *testing.T, text string) {
	t.Helper()
	if r, found := hostile.Obeyed(Line(text)); found {
		t.Errorf("Line(%q) = %q holds %q", text, Line(text), r)
	}
	if r, found := hostile.Obeyed(strings.ReplaceAll(Block(text), "\n", "")); found {
		t.Errorf("Block(%q) = %q holds %q", text, Block(text), r)
	}
	var out bytes.Buffer
	if err := WriteJSONLine(&out, map[string]string{"text": text}); err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSuffix(out.String(), "\n")
	if r, found := hostile.Obeyed(line); found {
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
	for _, text := range hostile.OnTerminals(f) {
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
	_ = WriteJSON(&out, map[string]any{"html": "<p>Tea & cups</p>", "raw": json.RawMessage(`["a` + "\x9b" + `"]`)})
	want := "{\n  \"html\": \"<p>Tea & cups</p>\",\n  \"raw\": [\n    \"a\\ufffd\"\n  ]\n}\n"
	if out.String() != want {
		t.Errorf("got %s", out.String())
	}
}
