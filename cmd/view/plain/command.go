package plain

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Program is the name by which this program is typed.
const Program = "eshopctl"

// CommandLine writes a command as a line for a shell, with quotes where they are needed. Of
// a command that stands for what was typed before it writes the flags to add.
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

// quoteWord is a word with the quotes that a shell needs.
func quoteWord(word string) string {
	if word != "" && !strings.ContainsFunc(word, notPlain) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// notPlain reports whether a character may mean something to a shell.
func notPlain(r rune) bool {
	plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,+@%", r)
	return !plain
}

// CommandLines joins commands with &&.
func CommandLines(commands []connector.Command) string {
	lines := make([]string, len(commands))
	for i, command := range commands {
		lines[i] = CommandLine(command)
	}
	return strings.Join(lines, " && ")
}

// Steps writes a next step as text, one line for each alternative.
func Steps(next connector.Next) string {
	lines := make([]string, len(next))
	for i, step := range next {
		lines[i] = step.Text + CommandLine(step.Command) + step.Then
	}
	return strings.Join(lines, "\n")
}

// Suggestion is a step that an operator may take, with the command to type, "" for none.
type Suggestion struct {
	Text    string `json:"text"`
	Command string `json:"command"`
}

// Suggested is the Suggestion of a text and a command.
func Suggested(text string, command connector.Command) Suggestion {
	return Suggestion{text, CommandLine(command)}
}
