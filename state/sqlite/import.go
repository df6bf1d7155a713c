package sqlite

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/load"
	"golang.org/x/sync/errgroup"
)

// Import is the transaction of an import, which can load many rows at once. Foreign keys
// are off in it: see applyPragmas.
type Import struct {
	*sql.Tx
	load.Loader
	file *File
}

// BeginImport begins an import. The caller ends it.
func (f *File) BeginImport(ctx context.Context) (*Import, error) {
	f.write.SetMaxIdleConns(0) // frees its cache, which nobody needs meanwhile
	tx, err := f.beginTransaction(ctx, f.apply)
	if err != nil {
		f.write.SetMaxIdleConns(1)
		return nil, diagnosis.Unusable(f.path, err)
	}
	return &Import{tx, load.New(tx, f.path), f}, nil
}

// End rolls back what was not committed.
func (i *Import) End() {
	_ = i.Rollback() // after Commit it does nothing
	i.file.write.SetMaxIdleConns(1)
}

// HoldsRows is that of Loader. Meanwhile it syncs the log to the disk.
func (i *Import) HoldsRows(ctx context.Context, part load.Part, rows load.Rows, most bool) (holds bool, n int, err error) {
	var synced errgroup.Group
	synced.Go(i.file.syncLog)
	holds, n, err = i.Loader.HoldsRows(ctx, part, rows, most)
	return holds, n, cmp.Or(err, diagnosis.Unusable(i.file.path, synced.Wait()))
}

// WithoutTriggers runs work without triggers and creates them again afterwards. Triggers
// cost as much as the rows themselves, even if they find that there is nothing to do.
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

// LastIn returns an SQL expression for the last number that a table has given to a row,
// deleted or not.
func LastIn(table string) string {
	return "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'), 0)"
}
