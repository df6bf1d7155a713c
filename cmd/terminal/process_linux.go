package terminal

import "syscall"

// prSetDumpable is PR_SET_DUMPABLE of prctl(2).
const prSetDumpable = 4

// keepMemoryPrivate makes sure that a crash leaves no core file, in which tokens
// would stand, and that no other process of the user can read this one's memory.
// Where the system refuses, the program works all the same.
func keepMemoryPrivate() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetDumpable, 0, 0)
}
