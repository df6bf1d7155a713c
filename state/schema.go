package state

import (
	"embed"
	"io/fs"
	"path"

	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// applicationID marks a file as ours: "eShp" in ASCII.
const applicationID = 0x65536870

// The steps of the schema, in the order of their numbers. A released step is never
// changed.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// schemaSQL is what the steps come to.
//
//go:embed schema.sql
var schemaSQL string

func ownSchema() schema.Schema {
	s := schema.Schema{ID: applicationID, Built: schemaSQL}
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		statements, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		s.Steps = append(s.Steps, schema.Step{Name: path.Base(name), SQL: string(statements)})
	}
	return s
}
