// Package sqlite is all that is one engine's own: how a state file is made, opened,
// locked, brought to a schema, written, loaded, looked through, copied and restored. It
// knows nothing of what is kept: no runs, plans, records or connectors; its tests have a
// schema of their own.
//
//	diagnosis  what errors mean, in words
//	disk       what the system tells of the place of a file
//	schema     what a file has to consist of
//	load       many rows at a time, through a virtual table
//	memory     SQLite's own memory: the only unsafe code
//
// It may import these, state/engine, whose Engine a File is, connector for faults and
// patience, and its helpers durable, failpoint, given and scratch. Together they own the
// driver, its C library in Go, the file locks and Unicode folding.
//
// Begin with file.go: File, and what opens one. sight.go decides how a file may be looked
// at, make.go how a new one comes about, update.go is each write, import.go that of an
// import, foreign_log.go keeps the log of another file away.
package sqlite
