package terminal

import "io"

// ForgetTyped throws away what was typed at a terminal and not read yet: it was no answer
// to the question that comes now. Files and pipes are left alone.
func ForgetTyped(from io.Reader) {
	if terminal, ok := from.(interface{ Fd() uintptr }); ok {
		dropInput(terminal.Fd())
	}
}
