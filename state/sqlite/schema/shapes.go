package schema

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// compareShapes checks a file that is not to the letter as it was built: another SQLite may
// have written the same in other words, and an added column does no harm.
func (s Schema) compareShapes(ctx context.Context, in *sql.DB, path string, version int) error {
	fresh, err := s.buildAnew(ctx, version)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	defer fresh.Close()
	want, err := readShapes(ctx, fresh)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	found, err := readShapes(ctx, in)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if why := found[name].difference(want[name]); why != "" {
			return &engine.UnusableError{Path: path, Why: "its " + want[name].kind + " " + name + " " + why, Next: diagnosis.RestoreIt()}
		}
	}
	return nil
}

// shape is what matters of a table or trigger.
type shape struct {
	kind    string            // "" if it does not exist
	sql     string            // of a trigger
	columns map[string]string // of a table, by name
	unique  int               // number of unique indexes
}

func (s shape) difference(want shape) string {
	switch {
	case s.kind == "":
		return "is gone"
	case s.kind != want.kind:
		return "is a " + s.kind
	case s.sql != want.sql:
		return "was altered"
	}
	for _, column := range slices.Sorted(maps.Keys(want.columns)) {
		switch got, there := s.columns[column]; {
		case !there:
			return "lacks the column " + column
		case got != want.columns[column]:
			return "was made anew with other columns: " + column + " is " + got + ", not " + want.columns[column]
		}
	}
	if s.unique < want.unique {
		return "was made anew and may hold the same twice"
	}
	return ""
}

// readShapes reads the shapes of what a file consists of.
func readShapes(ctx context.Context, in *sql.DB) (map[string]shape, error) {
	parts, _, err := readParts(ctx, in)
	if err != nil {
		return nil, err
	}
	shapes := map[string]shape{}
	for name, p := range parts {
		s := shape{kind: p.kind, columns: map[string]string{}}
		switch p.kind {
		case "trigger":
			s.sql = p.sql
		case "table":
			if err := s.readTable(ctx, in, name); err != nil {
				return nil, err
			}
		}
		shapes[name] = s
	}
	return shapes, nil
}

// readTable reads the columns of a table and counts its unique indexes.
func (s *shape) readTable(ctx context.Context, in *sql.DB, table string) error {
	rows, err := in.QueryContext(ctx, `SELECT name, printf('%s%s%s%s', upper(type), iif("notnull", ' NOT NULL', ''), iif(pk, ' of the key', ''), iif(hidden, ' made by itself', ''))
		FROM pragma_table_xinfo(?)`, table)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var column, kind string
		if err := rows.Scan(&column, &kind); err != nil {
			return err
		}
		s.columns[column] = kind
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var named string
	err = in.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM pragma_index_list(?1) WHERE "unique"), (SELECT printf('%s, %s', iif(strict, 'STRICT', 'not STRICT'), iif(wr, 'WITHOUT ROWID', 'of ROWIDs'))
		FROM pragma_table_list(?1) WHERE schema = 'main')`, table).Scan(&s.unique, &named)
	s.columns["the table itself"] = named
	return err
}
