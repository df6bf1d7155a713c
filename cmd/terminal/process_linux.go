package terminal

import "syscall"

// prSetDumpable is PR_SET_DUMPABLE of prctl(2).
const prSetDumpable = 4

// keepMemoryPrivate prevents core files, which would hold tokens, and keeps other processes
// of the user from reading this one's memory. The program works without it where the system
// refuses.
func keepMemoryPrivate() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetDumpable, 0, 0)
}
