// Package schema is what the files of a program consist of: it tells them from others,
// brings them up to date, and holds them against what they have to be.
//
// It may import state/sqlite/diagnosis, state/engine, connector and connector/failpoint.
// Begin with Schema in schema.go; as_built.go holds a file against it to the letter,
// shapes.go by what matters.
package schema
