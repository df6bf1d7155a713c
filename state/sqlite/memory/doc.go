// Package memory accesses SQLite's own memory: the only unsafe code of the program. The
// driver's C code is translated to Go: addresses are numbers, and functions are pointers to
// Go functions. These must be functions of a package, because nothing would keep a closure
// alive.
//
// It may import connector/failpoint, for tests that come between SQLite and the disk. Begin
// with memory.go.
package memory
