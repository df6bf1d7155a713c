//go:build unix && !linux

package terminal

import "syscall"

// keepMemoryPrivate makes sure that a crash leaves no core file, in which tokens
// would stand. Where the system refuses, the program works all the same.
func keepMemoryPrivate() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
