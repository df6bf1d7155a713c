// Package load has many rows at a time go into a table, or be held against it: SQLite reads
// them as a virtual table.
//
// It may import state/sqlite/memory and state/sqlite/diagnosis. Begin with Loader in
// load.go; feed.go makes the rows ready, module.go is what SQLite calls.
package load
