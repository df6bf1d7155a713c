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

// rows reads the catalogue, outside of a transaction or within one. It
// implements importer.CatalogReader.
type rows struct {
	db       *engine.DB
	space    *workspace.Workspace
	from     engine.Querier
	store    string
	provider string
	account  int64 // 0: nothing was ever linked
}

// Serial counts the writes to the store's catalogue by eshopctl, and the edits by
// others of rows of the account.
func (c rows) Serial(ctx context.Context) (serial, edits int64, err error) {
	err = c.from.QueryRowContext(ctx, `SELECT coalesce((SELECT serial FROM stores WHERE store = ?), 0), `+sqlite.LastIn("edits"), c.store).Scan(&serial, &edits)
	return serial, edits, c.db.Unusable(err)
}

// Rows gives the rows of a table that belong to the account, in key order.
func (c rows) Rows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := tables.InSQL(t)
	return c.queryRows(ctx, l, l.SelectRows+" WHERE account = ? AND "+l.HasKey()+" ORDER BY "+l.KeyList(), c.account)
}

// UnlinkedRows gives the rows of the store that belong to another account of the provider
// or to none. What the store has of another provider is its own matter.
func (c rows) UnlinkedRows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := tables.InSQL(t)
	where := " WHERE store = ? AND (account IS NOT ? OR NOT " + l.HasKey() + ")" +
		" AND (account IS NULL OR account NOT IN (SELECT id FROM accounts WHERE store = ? AND provider <> ?))"
	if l.Local {
		where += " ORDER BY id"
	}
	return c.queryRows(ctx, l, l.SelectRows+where, c.store, c.account, c.store, c.provider)
}

// FindRow gives the row with that key.
func (c rows) FindRow(ctx context.Context, t *importer.Table, key string) (importer.Row, bool, error) {
	l := tables.InSQL(t)
	return c.queryRow(ctx, l, l.SelectRow, l.KeyArguments(c.account, key)...)
}

// RowOf gives the row that a change is about.
func (c rows) RowOf(ctx context.Context, change importer.Change) (importer.Row, bool, error) {
	l := tables.InSQL(change.Table)
	if l.Local && change.LocalID != "" {
		return c.queryRow(withoutCancel(ctx), l, l.SelectRows+" WHERE id = ? AND (store = ? OR account = ?)", change.LocalID, c.store, c.account)
	}
	return c.queryRow(withoutCancel(ctx), l, l.SelectRow, l.KeyArguments(tables.AccountOf(change.LocalID, c.account), change.Key)...)
}

// withoutCancel is for what is done to one row: the driver would start a goroutine for
// each statement to hear of the end of ctx. A transaction hears of it in any case,
// and whoever goes through many rows looks at it himself.
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

// CountRows is how many rows the table has, of whatever account.
func (c rows) CountRows(ctx context.Context, t *importer.Table) (n int, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name).Scan(&n)
	return n, c.db.Unusable(err)
}

// IsTableEmpty reports whether the table holds no row of the account.
func (c rows) IsTableEmpty(ctx context.Context, t *importer.Table) (empty bool, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM "+t.Name+" WHERE account = ?)", c.account).Scan(&empty)
	return empty, c.db.Unusable(err)
}

// StoodFor gives the local ids of the warehouses that ever stood for a location, the
// newest first, "" for those that are not there any more.
func (c rows) StoodFor(ctx context.Context, location string) (ids []string, err error) {
	ids, err = engine.QueryTexts(ctx, c.from, `SELECT coalesce(warehouses.id, '') FROM stood_for LEFT JOIN warehouses ON id = warehouse AND store = ?
		WHERE stood_for.account = ? AND stood_for.external_id = ? ORDER BY seq DESC`, c.store, c.account, location)
	return ids, c.db.Unusable(err)
}

// FormerShops names the shops of other accounts of the provider whose products the store
// holds and does not count as missing yet.
func (c rows) FormerShops(ctx context.Context) ([]string, error) {
	domains, err := engine.QueryTexts(ctx, c.from, `SELECT domain FROM accounts WHERE store = ?1 AND provider = ?3 AND id <> ?2
		AND EXISTS (SELECT 1 FROM products WHERE account = accounts.id AND missing_since IS NULL) ORDER BY id`, c.store, c.account, c.provider)
	return domains, c.db.Unusable(err)
}
