//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd || windows)

package terminal

// dropInput does nothing where the terminal's queue cannot be emptied.
func dropInput(uintptr) {}
