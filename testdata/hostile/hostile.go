// Package hostile gives tests what somebody may type, send or write who means
// harm, or who only mistyped. Each file is a corpus, one case a line:
//
//	VERDICT "text as a Go string"
//
// What the verdict means the file says. Empty lines and lines that begin with #
// are for people; a line "# hazard O1, O4" names hazards that the lines below it
// are about. What a shop may hold stands in JSON instead: texts by their hazards.
package hostile

import (
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

//go:embed *.txt *.json
var files embed.FS

// Case is one line of a corpus.
type Case struct {
	Verdict string
	Text    string
	Line    int
}

// Cases reads the corpus of that name.
func Cases(t testing.TB, name string) []Case {
	t.Helper()
	content, err := files.ReadFile(name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []Case
	for i, line := range strings.Split(string(content), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		verdict, quoted, _ := strings.Cut(line, " ")
		text, err := strconv.Unquote(strings.TrimSpace(quoted))
		if err != nil {
			t.Fatalf("%s.txt:%d: %v", name, i+1, err)
		}
		all = append(all, Case{verdict, unfold(text), i + 1})
	}
	return all
}

// Texts reads the corpus of that name that is JSON.
func Texts(t testing.TB, name string, into any) {
	t.Helper()
	content, err := files.ReadFile(name + ".json")
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// unfold writes out what is too long to stand in a file: {5000 times a}.
func unfold(text string) string {
	before, rest, found := strings.Cut(text, "{")
	if !found {
		return text
	}
	what, after, closed := strings.Cut(rest, "}")
	count, repeated, times := strings.Cut(what, " times ")
	n, err := strconv.Atoi(count)
	if !closed || !times || err != nil {
		return before + "{" + unfold(rest)
	}
	return before + strings.Repeat(repeated, n) + unfold(after)
}

// OnTerminals are texts that a shop might hold to cheat a terminal, a log or a reader,
// and broken UTF-8, which no file in JSON can hold.
func OnTerminals(t testing.TB) []string {
	var byHazard map[string]map[string]string
	Texts(t, "terminal", &byHazard)
	texts := []string{"\x9b31m", "\x90", "\xff\xfe", "\xc3\x28", "a\xe2\x82", "\xed\xa0\x80"}
	for b := range 0x80 {
		texts = append(texts, "x"+string([]byte{0x80 + byte(b)})+"y")
	}
	for _, named := range byHazard {
		texts = slices.AppendSeq(texts, maps.Values(named))
	}
	return texts
}

// Obeyed finds what a terminal may obey or be fooled by.
func Obeyed(text string) (rune, bool) {
	for _, r := range text {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e ||
			r >= 0x2060 && r <= 0x206f || r == 0xfeff || r >= 0xe0000 && r <= 0xe007f {
			return r, true
		}
	}
	return 0, !utf8.ValidString(text)
}
