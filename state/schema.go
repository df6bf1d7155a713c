package state

import (
	"embed"
	"io/fs"
	"path"

	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// applicationID marks a file as ours: "eShp" in ASCII.
const applicationID = 0x65536870

// oldestSchema is the version of a file after the first step: there are no older files.
const oldestSchema = 17

// migrationFiles are the steps of the schema, ordered by number. A released step never
// changes.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// schemaSQL is the schema after all steps.
//
//go:embed schema.sql
var schemaSQL string

func ownSchema() schema.Schema {
	s := schema.Schema{ID: applicationID, Oldest: oldestSchema, Built: schemaSQL}
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
