package load

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// Loader loads many rows at once in one transaction.
type Loader struct {
	tx   *sql.Tx
	path string // of the file, for errors
}

// New returns the loader of a transaction on the file at path. Its connection must have
// been opened after Register.
func New(tx *sql.Tx, path string) Loader { return Loader{tx, path} }

// Constant is a column that has the same value in all rows.
type Constant struct {
	Column string
	Value  any
}

// InsertRows inserts the rows, with constant columns before and after the others. The
// columns must be all columns of the table in their order, so that SQLite need not
// rearrange each row. If a row exists already IsConstraint is true for the error.
func (l Loader) InsertRows(ctx context.Context, table string, before []Constant, rows Rows, after []Constant) error {
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
	return l.withFeed(ctx, rows, func(*feed) error {
		// #nosec G201 -- names of our own tables and columns; values are bound
		_, err := l.tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM temp.incoming", table,
			strings.Join(names, ", "), strings.Join(values, ", ")), args...)
		return diagnosis.Unusable(l.path, err)
	})
}

// Part is the rows of a table with one value in the first column of its primary key; Keys
// are the other columns of the key.
type Part struct {
	Table string
	Of    Constant
	Keys  []string
}

// HoldsRows reports whether the rows of a part with the keys of these rows are equal to
// them, and how many rows the table has in all parts. A few rows are looked up; if they are
// most of the table, it is read in key order beside them.
func (l Loader) HoldsRows(ctx context.Context, part Part, rows Rows, most bool) (holds bool, n int, err error) {
	if most {
		return l.compareAll(ctx, part, rows)
	}
	return l.lookUp(ctx, part, rows)
}

func (l Loader) lookUp(ctx context.Context, part Part, rows Rows) (holds bool, all int, err error) {
	same := make([]string, len(rows.Columns))
	for n, column := range rows.Columns {
		operator := "IS"
		if slices.Contains(part.Keys, column) {
			operator = "="
		}
		same[n] = fmt.Sprintf("held.%s %s incoming.%[1]s", column, operator)
	}
	err = l.withFeed(ctx, rows, func(f *feed) error {
		var n int
		err := l.tx.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM temp.incoming CROSS JOIN main.%s AS held WHERE held.%s = ? AND %s",
			part.Table, part.Of.Column, strings.Join(same, " AND ")), part.Of.Value).Scan(&n)
		holds = n == f.read
		return diagnosis.Unusable(l.path, err)
	})
	if err == nil {
		err = diagnosis.Unusable(l.path, l.tx.QueryRowContext(ctx, "SELECT count(*) FROM "+part.Table).Scan(&all))
	}
	return holds, all, err
}

// compareAll reads the table by its primary key, whatever other indexes exist. It calls
// isNext for each row of the part, which counts them.
func (l Loader) compareAll(ctx context.Context, part Part, rows Rows) (holds bool, all int, err error) {
	f := newFeed(ctx, rows)
	defer f.close()
	var n, others int
	err = l.tx.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM main.%s INDEXED BY sqlite_autoindex_%[1]s_1 WHERE %s = ? AND %s(?, %s)",
		part.Table, part.Of.Column, isNext, strings.Join(rows.Columns, ", ")), part.Of.Value, f.number).Scan(&n)
	if err == nil {
		err = l.tx.QueryRowContext(ctx, fmt.Sprintf("SELECT (SELECT count(*) FROM main.%s WHERE %s < ?1) + (SELECT count(*) FROM main.%[1]s WHERE %[2]s > ?1)",
			part.Table, part.Of.Column), part.Of.Value).Scan(&others)
	}
	return n == f.read, f.asked + others, cmp.Or(f.err, diagnosis.Unusable(l.path, err))
}

// withFeed runs work while temp.incoming has the rows.
func (l Loader) withFeed(ctx context.Context, rows Rows, work func(*feed) error) error {
	f := newFeed(ctx, rows)
	defer f.close()
	if _, err := l.tx.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.incoming USING %s(%d)", incomingModule,
		f.number)); err != nil {
		return diagnosis.Unusable(l.path, err)
	}
	if err := work(f); err != nil || f.err != nil {
		return cmp.Or(f.err, err)
	}
	_, err := l.tx.ExecContext(ctx, "DROP TABLE temp.incoming")
	return diagnosis.Unusable(l.path, err)
}
