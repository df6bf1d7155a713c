package terminal

import "golang.org/x/sys/unix"

// dropInput empties the queue of a terminal, and does nothing to anything else.
func dropInput(terminal uintptr) { _ = unix.IoctlSetInt(int(terminal), unix.TCFLSH, unix.TCIFLUSH) }
