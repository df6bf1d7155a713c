package catalog

import (
	"context"
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/workspace"
)

// Catalogs are the catalogues of the stores in an open place.
type Catalogs struct {
	db    *engine.DB
	space *workspace.Workspace
	begin Begin
}

// Begin begins the transaction of an import. The caller ends it.
type Begin func(context.Context) (*sqlite.Import, error)

// New returns the catalogues of an open place, whose snapshots are in space.
func New(db *engine.DB, space *workspace.Workspace, begin Begin) *Catalogs {
	return &Catalogs{db, space, begin}
}

// Catalog returns the catalogue of a connector's store and account.
func (c *Catalogs) Catalog(ctx context.Context, of connector.Connector) (importer.Catalog, error) {
	catalog := &Catalog{begin: c.begin, rows: rows{db: c.db, space: c.space, from: c.db.Statements(), store: of.Store,
		provider: of.Provider}}
	err := c.db.Read().QueryRowContext(ctx, "SELECT id FROM accounts WHERE store = ? AND provider = ? AND external_id = ?",
		of.Store, of.Provider, of.AccountID).Scan(&catalog.account)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return catalog, c.db.Unusable(err)
}

// Catalog is the catalogue of one store as linked to one external account.
type Catalog struct {
	rows
	begin Begin
}

// InTransaction runs work in one transaction and commits it.
func (c *Catalog) InTransaction(ctx context.Context, work func(importer.CatalogWriter) error) error {
	tx, err := c.begin(ctx)
	if err != nil {
		return err
	}
	defer tx.End()
	writer := &catalogWriter{rows: c.rows, tx: tx, now: c.db.Now(), prepared: engine.NewStatements(tx)}
	writer.from = writer.prepared
	if err := writer.runUnnoted(ctx, work); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // err only follows from the end of the context
		}
		return err
	}
	if err := failpoint.Reach("commit/ready"); err != nil {
		return err
	}
	if err := errors.Join(tx.Commit(), failpoint.Reach("commit/done")); err != nil {
		if engine.IsStopped(err) {
			return context.Canceled // rolled back, because the context ended
		}
		return &importer.UnknownOutcomeError{Err: c.db.Unusable(err)}
	}
	return nil
}

// runUnnoted runs work without its writes being noted as edits: the insert triggers are
// dropped meanwhile, and the other triggers look at the table importing.
func (w *catalogWriter) runUnnoted(ctx context.Context, work func(importer.CatalogWriter) error) error {
	return w.tx.WithoutTriggers(ctx, insertTriggers(), func() error {
		if err := w.exec(ctx, "UPDATE importing SET yes = 1"); err != nil {
			return err
		}
		if err := failpoint.Reach("apply/begun"); err != nil {
			return err
		}
		if err := work(w); err != nil {
			return err
		}
		if err := w.refersWell(ctx); err != nil {
			return err
		}
		return w.exec(ctx, "UPDATE importing SET yes = 0")
	})
}

// insertTriggers returns the names of the triggers that note inserted rows.
func insertTriggers() (names []string) {
	for _, t := range importer.Tables() {
		names = append(names, t.Name+"_inserted")
	}
	return names
}

// refersWell makes sure that the account and the snapshots exist to which the written rows
// refer. Foreign keys are off during an import.
func (w *catalogWriter) refersWell(ctx context.Context) error {
	var well bool
	err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM accounts WHERE id = ?1)
		AND NOT EXISTS (SELECT 1 FROM imported WHERE account = ?1 AND snapshot NOT IN (SELECT run FROM snapshots))`, w.account).Scan(&well)
	if err == nil && !well {
		err = &engine.UnusableError{Path: w.db.Path(), Why: "the account or the snapshot that an import refers to is not there"}
	}
	return w.db.Unusable(err)
}
