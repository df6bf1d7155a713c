package terminal

import "io"

// ForgetTyped throws away what waits to be read at a terminal: whoever typed it
// had not seen the question that comes now. Files and pipes are left alone.
func ForgetTyped(from io.Reader) {
	if terminal, ok := from.(interface{ Fd() uintptr }); ok {
		dropInput(terminal.Fd())
	}
}
