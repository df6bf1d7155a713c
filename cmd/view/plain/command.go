package plain

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Program is what this program is typed by.
const Program = "eshopctl"

// CommandLine writes a command out as a shell takes it: what a shell would read in
// another way stands in quotes. Of what was typed before, and nobody knows here, it is
// the flags to add.
func CommandLine(c connector.Command) string {
	if c.IsZero() {
		return ""
	}
	words := c.Words()
	if c.Program == "" && !c.Again {
		words = append([]string{Program}, words...)
	}
	for i, word := range words {
		words[i] = quoteWord(word)
	}
	return strings.Join(words, " ")
}

// quoteWord is a word as a shell reads it.
func quoteWord(word string) string {
	if word != "" && !strings.ContainsFunc(word, notPlain) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// notPlain reports whether a shell may read something into a character.
func notPlain(r rune) bool {
	plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,+@%", r)
	return !plain
}

// CommandLines writes commands out as one line, each to be done if those before it were.
func CommandLines(commands []connector.Command) string {
	lines := make([]string, len(commands))
	for i, command := range commands {
		lines[i] = CommandLine(command)
	}
	return strings.Join(lines, " && ")
}

// Steps writes out what may be done next, a step below the other.
func Steps(next connector.Next) string {
	lines := make([]string, len(next))
	for i, step := range next {
		lines[i] = step.Text + CommandLine(step.Command) + step.Then
	}
	return strings.Join(lines, "\n")
}

// Suggestion is a step that an operator may take, with the command to type; ""
// when there is none.
type Suggestion struct {
	Text    string `json:"text"`
	Command string `json:"command"`
}

// Suggested writes a step out.
func Suggested(text string, command connector.Command) Suggestion {
	return Suggestion{text, CommandLine(command)}
}
