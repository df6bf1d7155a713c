// Package load inserts many rows at once into a table, or compares them with it: SQLite
// reads them as a virtual table.
//
// It may import state/sqlite/memory and state/sqlite/diagnosis. Begin with Loader in
// load.go; feed.go prepares the rows, module.go is what SQLite calls.
package load
