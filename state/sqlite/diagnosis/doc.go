// Package diagnosis says in words why a state file cannot be used, and what to do: the one
// place that knows what an error of SQLite or of the system means.
//
// It may import state/sqlite/disk, state/engine, connector and connector/given. Begin with
// Unusable in errors.go; place.go looks at where the file lies.
package diagnosis
