package catalog

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/tables"
	"github.com/eshopos/eshopctl/state/workspace"
)

// rows reads the catalogue, inside or outside of a transaction. It implements
// importer.CatalogReader.
type rows struct {
	db       *engine.DB
	space    *workspace.Workspace
	from     engine.Querier
	store    string
	provider string
	account  int64 // 0 if the store was never connected to that account
}

// Serial returns how many times eshopctl has written the store's catalogue, and how many
// edits others have made.
func (c rows) Serial(ctx context.Context) (serial, edits int64, err error) {
	err = c.from.QueryRowContext(ctx, `SELECT coalesce((SELECT serial FROM stores WHERE store = ?), 0), `+sqlite.LastIn("edits"), c.store).Scan(&serial, &edits)
	return serial, edits, c.db.Unusable(err)
}

// Rows yields the rows of the account in key order.
func (c rows) Rows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := tables.InSQL(t)
	return c.queryRows(ctx, l, l.SelectRows+" WHERE account = ? AND "+l.HasKey()+" ORDER BY "+l.KeyList(), c.account)
}

// UnlinkedRows yields the rows of the store that belong to another account of the provider
// or to none. Rows of other providers are not among them.
func (c rows) UnlinkedRows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := tables.InSQL(t)
	where := " WHERE store = ? AND (account IS NOT ? OR NOT " + l.HasKey() + ")" +
		" AND (account IS NULL OR account NOT IN (SELECT id FROM accounts WHERE store = ? AND provider <> ?))"
	if l.Local {
		where += " ORDER BY id"
	}
	return c.queryRows(ctx, l, l.SelectRows+where, c.store, c.account, c.store, c.provider)
}

// FindRow returns the row with that key.
func (c rows) FindRow(ctx context.Context, t *importer.Table, key string) (importer.Row, bool, error) {
	l := tables.InSQL(t)
	return c.queryRow(ctx, l, l.SelectRow, l.KeyArguments(c.account, key)...)
}

// RowOf returns the row that a change is about.
func (c rows) RowOf(ctx context.Context, change importer.Change) (importer.Row, bool, error) {
	l := tables.InSQL(change.Table)
	if l.Local && change.LocalID != "" {
		return c.queryRow(withoutCancel(ctx), l, l.SelectRows+" WHERE id = ? AND (store = ? OR account = ?)", change.LocalID, c.store,
			c.account)
	}
	return c.queryRow(withoutCancel(ctx), l, l.SelectRow, l.KeyArguments(tables.AccountOf(change.LocalID, c.account), change.Key)...)
}

// withoutCancel returns a context for a statement on one row: for each statement with a
// context that can end, the driver starts a goroutine. The transaction ends with ctx
// anyway, and callers with many rows check ctx themselves.
func withoutCancel(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

func (c rows) queryRow(ctx context.Context, l tables.Table, query string, args ...any) (importer.Row, bool, error) {
	row, err := l.ScanRow(c.from.QueryRowContext(ctx, query, args...), c.account, c.store)
	if errors.Is(err, sql.ErrNoRows) {
		return importer.Row{}, false, nil
	}
	return row, err == nil, c.db.Unusable(err)
}

func (c rows) queryRows(ctx context.Context, l tables.Table, query string, args ...any) iter.Seq2[importer.Row, error] {
	return func(yield func(importer.Row, error) bool) {
		found, err := c.from.QueryContext(ctx, query, args...)
		if err != nil {
			yield(importer.Row{}, c.db.Unusable(err))
			return
		}
		defer found.Close()
		for found.Next() {
			row, err := l.ScanRow(found, c.account, c.store)
			if !yield(row, c.db.Unusable(err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(importer.Row{}, c.db.Unusable(err))
		}
	}
}

// CountRows counts all rows of the table, of every account.
func (c rows) CountRows(ctx context.Context, t *importer.Table) (n int, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name).Scan(&n)
	return n, c.db.Unusable(err)
}

// IsTableEmpty reports whether the table has no row of the account.
func (c rows) IsTableEmpty(ctx context.Context, t *importer.Table) (empty bool, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM "+t.Name+" WHERE account = ?)", c.account).Scan(&empty)
	return empty, c.db.Unusable(err)
}

// StoodFor returns the local ids of the warehouses that are or were linked to a location,
// newest first, with "" for each that has been deleted.
func (c rows) StoodFor(ctx context.Context, location string) (ids []string, err error) {
	ids, err = engine.QueryTexts(ctx, c.from, `SELECT coalesce(warehouses.id, '') FROM stood_for LEFT JOIN warehouses ON id = warehouse AND store = ?
		WHERE stood_for.account = ? AND stood_for.external_id = ? ORDER BY seq DESC`, c.store, c.account, location)
	return ids, c.db.Unusable(err)
}

// FormerShops returns the domains of other accounts of the provider with products in the
// store that are not marked missing.
func (c rows) FormerShops(ctx context.Context) ([]string, error) {
	domains, err := engine.QueryTexts(ctx, c.from, `SELECT domain FROM accounts WHERE store = ?1 AND provider = ?3 AND id <> ?2
		AND EXISTS (SELECT 1 FROM products WHERE account = accounts.id AND missing_since IS NULL) ORDER BY id`, c.store, c.account, c.provider)
	return domains, c.db.Unusable(err)
}
