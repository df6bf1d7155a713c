//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package terminal

import "golang.org/x/sys/unix"

// dropInput empties the queue of a terminal, and does nothing to anything else.
func dropInput(terminal uintptr) {
	_ = unix.IoctlSetPointerInt(int(terminal), unix.TIOCFLUSH, unix.TCIFLUSH)
}
