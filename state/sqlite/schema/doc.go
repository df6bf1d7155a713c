// Package schema knows of what tables the files of a program consist: it recognises such
// files, brings them up to date, and finds out whether somebody altered their tables.
//
// It may import state/sqlite/diagnosis, state/engine, connector and connector/failpoint.
// Begin with Schema in schema.go; as_built.go compares a file with it to the letter,
// shapes.go by what matters.
package schema
