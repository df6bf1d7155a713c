package schema

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// Anybody may alter a file. Before it is used its tables are compared with those that the
// migrations make: a view in place of a table may never end, and a trigger that somebody added
// may write anything. Other programs may keep tables, columns, indexes and views beside ours.

// CheckFile returns an error if the tables of a file are not those of its version. Added
// triggers matter only if writing is set. path is the name of the file, for errors.
func (s Schema) CheckFile(ctx context.Context, in *sql.DB, path string, writing bool) error {
	found, version, err := readParts(ctx, in)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	want, err := s.partsOf(ctx, version)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	if name := found.addedTo(want); writing && name != "" {
		return addedTrigger(path, name)
	}
	if found.includesAll(want) {
		return nil
	}
	return s.compareShapes(ctx, in, path, version)
}

func addedTrigger(path, name string) error {
	drop := `DROP TRIGGER "` + strings.ReplaceAll(name, `"`, `""`) + `"`
	return &engine.UnusableError{Path: path, Why: fmt.Sprintf("another program added the trigger %.60q, which changes what is written", name),
		Next: connector.Shell("sqlite3", path, drop).After("take it away: ")}
}
