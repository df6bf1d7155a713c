// Package sqlite is everything that is special to one engine: how a state file is made,
// opened, locked, brought to a schema, written, loaded, checked, copied and restored. It
// knows nothing of what is stored: no runs, plans, records or connectors; its tests have a
// schema of their own.
//
//	diagnosis  what errors mean, in words
//	disk       what the system says about the place of a file
//	schema     what a file must consist of
//	load       many rows at once, through a virtual table
//	memory     SQLite's own memory: the only unsafe code
//
// It may import these, state/engine, whose Engine a File implements, connector for faults
// and patience, and its helpers durable, failpoint, given and scratch. Together they own
// the driver, its C library in Go, the file locks and Unicode folding.
//
// Begin with file.go: File, and the functions that open one. sight.go decides how a file
// may be read, make.go makes a new one, update.go is every write, import.go that of an
// import, foreign_log.go refuses the log of another file.
package sqlite
