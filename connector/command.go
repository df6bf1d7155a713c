package connector

import "strings"

// Command is a command line to type, word by word until somebody prints it.
type Command []string

// Typed is the command of this program with these words.
func Typed(words ...string) Command { return append(Command{"eshopctl"}, words...) }

// String is the line as a shell takes it: what a shell would read in another way
// stands in quotes.
func (c Command) String() string {
	quoted := make([]string, len(c))
	for i, word := range c {
		quoted[i] = word
		if word == "" || strings.ContainsFunc(word, notPlain) {
			quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}

// notPlain reports whether a shell may read something into a character.
func notPlain(r rune) bool {
	plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,+@%", r)
	return !plain
}
