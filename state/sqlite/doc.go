// Package sqlite is all that is one engine's own: how a state file is made, opened,
// locked, brought to a schema, written, loaded, looked through, copied and restored,
// and what its errors mean. It knows nothing of what is kept: no runs, plans, records
// or connectors; its tests have a schema of their own.
//
// It may import state/engine, whose Engine a File is, connector for faults and patience,
// and its helpers durable, failpoint, given and scratch. It owns the driver, its C library in Go, the file locks and Unicode folding.
// Memory of SQLite is touched through memory.go only.
//
// Begin with file.go: File, and what opens one. sight.go decides how a file may be
// looked at, make.go how a new one comes about, migrate.go and as_built.go what it has
// to consist of, import.go how many rows are loaded at a time (feed.go makes them ready,
// incoming_module.go is the virtual table), errors.go what to tell people.
package sqlite
