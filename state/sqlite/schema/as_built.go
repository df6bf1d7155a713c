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

// A file may be altered by anybody. Before it is used, its tables are held against
// those that the migrations make: a view in the place of a table may never end, and a
// trigger that somebody added writes what nobody asked for. Tables, columns, indexes
// and views that other programs keep beside ours are none of our business.

// CheckFile refuses a file whose tables are not those of its version. Triggers of others
// only matter to who writes. path is the name of what is open, for errors.
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
