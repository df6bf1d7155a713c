//go:build unix && !linux

package terminal

import "syscall"

// keepMemoryPrivate prevents core files, which would hold tokens. The program works without
// it where the system refuses.
func keepMemoryPrivate() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
