//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package terminal

import (
	"os/signal"

	"golang.org/x/sys/unix"
)

// inForeground reports whether a terminal hands what is typed to this process. Where
// it has no jobs, as it is not what this process is controlled from, it does.
func inForeground(terminal uintptr) bool {
	group, err := unix.IoctlGetInt(int(terminal), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// keepFromStopping has a read that is under way when the process goes into the
// background fail, where the system would stop the process.
func keepFromStopping() { signal.Ignore(unix.SIGTTIN) }
