package sqlite

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/load"
	"golang.org/x/sync/errgroup"
)

// Import is the one transaction of an import, which loads many rows at a time. It goes
// without foreign keys: see applyPragmas.
type Import struct {
	*sql.Tx
	load.Loader
	file *File
}

// BeginImport begins. Whoever calls it ends it.
func (f *File) BeginImport(ctx context.Context) (*Import, error) {
	f.write.SetMaxIdleConns(0) // its cache would only stand beside that of the transaction
	tx, err := f.beginTransaction(ctx, f.apply)
	if err != nil {
		f.write.SetMaxIdleConns(1)
		return nil, diagnosis.Unusable(f.path, err)
	}
	return &Import{tx, load.New(tx, f.path), f}, nil
}

// End takes back what was not committed.
func (i *Import) End() {
	_ = i.Rollback() // after Commit it does nothing
	i.file.write.SetMaxIdleConns(1)
}

// HoldsRows is Loader's. Meanwhile the log goes to the disk.
func (i *Import) HoldsRows(ctx context.Context, part load.Part, rows load.Rows, most bool) (holds bool, n int, err error) {
	var synced errgroup.Group
	synced.Go(i.file.syncLog)
	holds, n, err = i.Loader.HoldsRows(ctx, part, rows, most)
	return holds, n, cmp.Or(err, diagnosis.Unusable(i.file.path, synced.Wait()))
}

// WithoutTriggers runs work without triggers, which are made again behind it: even to find out
// that there is nothing to do they would cost as much as the rows.
func (i *Import) WithoutTriggers(ctx context.Context, triggers []string, work func() error) error {
	var restore []string
	for _, name := range triggers {
		var statement string
		err := i.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", name).Scan(&statement)
		if err == nil {
			_, err = i.ExecContext(ctx, "DROP TRIGGER "+name)
		}
		if err != nil {
			return diagnosis.Unusable(i.file.path, err)
		}
		restore = append(restore, statement)
	}
	if err := work(); err != nil {
		return err
	}
	for _, statement := range restore {
		if _, err := i.ExecContext(ctx, statement); err != nil {
			return diagnosis.Unusable(i.file.path, err)
		}
	}
	return nil
}

// LastIn is, in SQL, the last number that a table gave to a row, gone or not.
func LastIn(table string) string {
	return "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'), 0)"
}
