package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Import is the one transaction of an import, which loads many rows at a time. It goes
// without foreign keys: see applyPragmas.
type Import struct {
	*sql.Tx
	file *File
}

// Import begins. Whoever calls it ends it.
func (f *File) Import(ctx context.Context) (*Import, error) {
	f.write.SetMaxIdleConns(0) // its cache would only stand beside that of the transaction
	tx, err := f.begin(ctx, f.apply)
	if err != nil {
		f.write.SetMaxIdleConns(1)
		return nil, Unusable(f.path, err)
	}
	return &Import{tx, f}, nil
}

// End takes back what was not committed.
func (i *Import) End() {
	_ = i.Rollback() // after Commit it does nothing
	i.file.write.SetMaxIdleConns(1)
}

// Constant is a column that has one value in all rows.
type Constant struct {
	Column string
	Value  any
}

// Insert makes the rows, with constants before and behind what differs. All columns are
// named in the order that they have in the table, so that SQLite need not put them into
// it row by row. A row that is there already is an error for which IsConstraint holds.
func (i *Import) Insert(ctx context.Context, table string, before []Constant, rows Rows, after []Constant) error {
	var names, values []string
	var args []any
	constant := func(all []Constant) {
		for _, c := range all {
			names, values, args = append(names, c.Column), append(values, "?"), append(args, c.Value)
		}
	}
	constant(before)
	names, values = append(names, rows.Columns...), append(values, rows.Columns...)
	constant(after)
	return i.feeding(ctx, rows, func(*feed) error {
		// #nosec G201 -- names of our own tables and columns; values are bound
		_, err := i.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM temp.incoming", table, strings.Join(names, ", "), strings.Join(values, ", ")), args...)
		return Unusable(i.file.path, err)
	})
}

// Part are the rows of a table that have one value in a column, which begins its primary
// key; Keys is the rest of that.
type Part struct {
	Table string
	Of    Constant
	Keys  []string
}

// Holds reports whether the rows of a part with the keys of these hold exactly these, and
// how many rows the table has, of all parts. A few are looked up; where they are most of
// the table, its rows are gone through beside them, which have the same order. Meanwhile
// the log goes to the disk.
func (i *Import) Holds(ctx context.Context, part Part, rows Rows, most bool) (holds bool, n int, err error) {
	var synced errgroup.Group
	synced.Go(i.file.syncLog)
	if most {
		holds, n, err = i.goesThrough(ctx, part, rows)
	} else {
		holds, n, err = i.looksUp(ctx, part, rows)
	}
	return holds, n, cmp.Or(err, Unusable(i.file.path, synced.Wait()))
}

func (i *Import) looksUp(ctx context.Context, part Part, rows Rows) (holds bool, all int, err error) {
	same := make([]string, len(rows.Columns))
	for n, column := range rows.Columns {
		operator := "IS"
		if slices.Contains(part.Keys, column) {
			operator = "="
		}
		same[n] = fmt.Sprintf("held.%s %s incoming.%[1]s", column, operator)
	}
	err = i.feeding(ctx, rows, func(f *feed) error {
		var n int
		err := i.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM temp.incoming CROSS JOIN main.%s AS held WHERE held.%s = ? AND %s",
			part.Table, part.Of.Column, strings.Join(same, " AND ")), part.Of.Value).Scan(&n)
		holds = n == f.read
		return Unusable(i.file.path, err)
	})
	if err == nil {
		err = Unusable(i.file.path, i.QueryRowContext(ctx, "SELECT count(*) FROM "+part.Table).Scan(&all))
	}
	return holds, all, err
}

// goesThrough goes through the rows by their key, whatever other index somebody
// made. Each row of the part is asked about, which counts them.
func (i *Import) goesThrough(ctx context.Context, part Part, rows Rows) (holds bool, all int, err error) {
	f := newFeed(ctx, rows)
	defer f.close()
	var n, others int
	err = i.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM main.%s INDEXED BY sqlite_autoindex_%[1]s_1 WHERE %s = ? AND %s(?, %s)",
		part.Table, part.Of.Column, isNext, strings.Join(rows.Columns, ", ")), part.Of.Value, f.number).Scan(&n)
	if err == nil {
		err = i.QueryRowContext(ctx, fmt.Sprintf("SELECT (SELECT count(*) FROM main.%s WHERE %s < ?1) + (SELECT count(*) FROM main.%[1]s WHERE %[2]s > ?1)",
			part.Table, part.Of.Column), part.Of.Value).Scan(&others)
	}
	return n == f.read, f.asked + others, cmp.Or(f.err, Unusable(i.file.path, err))
}

// feeding runs work while temp.incoming has the rows.
func (i *Import) feeding(ctx context.Context, rows Rows, work func(*feed) error) error {
	f := newFeed(ctx, rows)
	defer f.close()
	if _, err := i.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.incoming USING %s(%d)", incomingModule, f.number)); err != nil {
		return Unusable(i.file.path, err)
	}
	if err := work(f); err != nil || f.err != nil {
		return cmp.Or(f.err, err)
	}
	_, err := i.ExecContext(ctx, "DROP TABLE temp.incoming")
	return Unusable(i.file.path, err)
}

// IsConstraint reports whether something was refused that a constraint forbids.
func IsConstraint(err error) bool {
	var failure *modernc.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

// Without runs work without triggers, which are made again behind it: even to find out
// that there is nothing to do they would cost as much as the rows.
func (i *Import) Without(ctx context.Context, triggers []string, work func() error) error {
	var restore []string
	for _, name := range triggers {
		var statement string
		err := i.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", name).Scan(&statement)
		if err == nil {
			_, err = i.ExecContext(ctx, "DROP TRIGGER "+name)
		}
		if err != nil {
			return Unusable(i.file.path, err)
		}
		restore = append(restore, statement)
	}
	if err := work(); err != nil {
		return err
	}
	for _, statement := range restore {
		if _, err := i.ExecContext(ctx, statement); err != nil {
			return Unusable(i.file.path, err)
		}
	}
	return nil
}

// LastIn is, in SQL, the last number that a table gave to a row, gone or not.
func LastIn(table string) string {
	return "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'), 0)"
}
