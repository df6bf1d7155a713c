package connector

import "strings"

// Step is something that an operator may do, and the command to type for it.
type Step struct {
	Text    string
	Command Command
}

// Hint writes steps down for a Fault that has several ways out: each text on a line
// of its own, and its command on the next, to be copied.
func Hint(steps ...Step) string {
	var lines []string
	for _, step := range steps {
		lines = append(lines, step.Text, step.Command.String())
	}
	return strings.Join(lines, "\n")
}

// WithCommand ends a hint that names no command with one.
func WithCommand(hint, command string) string {
	if strings.Contains(hint, "eshopctl ") {
		return hint
	}
	return hint + ": " + command
}
