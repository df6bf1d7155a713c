//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package terminal

import (
	"os/signal"

	"golang.org/x/sys/unix"
)

// inForeground reports whether what is typed at a terminal goes to this process. It does,
// too, where the terminal is not the controlling one and has no job control.
func inForeground(terminal uintptr) bool {
	group, err := unix.IoctlGetInt(int(terminal), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// keepFromStopping makes a read fail that is under way when the process goes into the
// background; otherwise the system would stop the process.
func keepFromStopping() { signal.Ignore(unix.SIGTTIN) }
