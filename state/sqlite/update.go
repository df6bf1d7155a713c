package sqlite

import (
	"context"
	"database/sql"

	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// runUpdate runs change in one transaction of a connection that may write.
func (s site) runUpdate(ctx context.Context, through *sql.DB, change func(tx *sql.Tx) error) error {
	tx, err := s.beginTransaction(ctx, through)
	if err != nil {
		return diagnosis.Unusable(s.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	before, err := totalChanges(ctx, tx)
	if err != nil {
		return diagnosis.Unusable(s.path, err)
	}
	if err := change(tx); err != nil {
		switch {
		case engine.IsStopped(err):
			return context.Canceled
		case diagnosis.IsOwn(err):
			return diagnosis.Unusable(s.path, err)
		}
		return err
	}
	if err := touchHead(ctx, tx, s.options.Schema.ID, before); err != nil {
		return diagnosis.Unusable(s.path, err)
	}
	return diagnosis.Unusable(s.path, tx.Commit())
}

// beginTransaction waits while another process holds the write lock, which may be for a
// whole import.
func (s site) beginTransaction(ctx context.Context, through *sql.DB) (tx *sql.Tx, err error) {
	err = s.whenFree(ctx, s.options.Patience.Limit(), disk.ForWriting, func() error {
		tx, err = through.BeginTx(ctx, nil)
		return err
	})
	return tx, err
}

// migrateSchema brings a file to the present schema.
func (s site) migrateSchema(ctx context.Context, through *sql.DB) error {
	return s.runUpdate(ctx, through, func(tx *sql.Tx) error { return s.options.Schema.Migrate(ctx, tx, s.path) })
}
