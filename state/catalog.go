package state

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Catalog is the catalogue of one store as linked to one external account.
type Catalog struct {
	rows
	db *DB
}

// Catalog returns the catalogue of a connector's store and account.
func (db *DB) Catalog(ctx context.Context, c connector.Connector) (*Catalog, error) {
	catalog := &Catalog{db: db, rows: rows{from: db.read, path: db.path, store: c.Store}}
	err := db.read.QueryRowContext(ctx, "SELECT id FROM accounts WHERE store = ? AND provider = ? AND external_id = ?",
		c.Store, c.Provider, c.AccountID).Scan(&catalog.account)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return catalog, unusable(db.path, err)
}

// querier is a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// rows reads the catalogue, outside of a transaction or within one. It
// implements importer.CatalogReader.
type rows struct {
	from    querier
	path    string
	store   string
	account int64 // 0: nothing was ever linked
}

// Serial counts the writes to the store's catalogue by eshopctl.
func (c rows) Serial(ctx context.Context) (int64, error) {
	var serial int64
	err := c.from.QueryRowContext(ctx, "SELECT serial FROM stores WHERE store = ?", c.store).Scan(&serial)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return serial, unusable(c.path, err)
}

// Rows gives the rows of a table that belong to the account, in key order.
func (c rows) Rows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := layoutOf(t)
	return c.query(ctx, l, l.selectRows()+" WHERE account = ? AND store = ? ORDER BY "+l.keys(), c.account, c.store)
}

// Unlinked gives the rows of the store that belong to another account or to
// none.
func (c rows) Unlinked(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := layoutOf(t)
	where := " WHERE store = ? AND account IS NOT ?"
	if l.Local {
		where += " ORDER BY id"
	}
	return c.query(ctx, l, l.selectRows()+where, c.store, c.account)
}

// Former names the shops of other accounts whose products the store holds and
// does not count as missing yet.
func (c rows) Former(ctx context.Context) ([]string, error) {
	found, err := c.from.QueryContext(ctx, `SELECT domain FROM accounts WHERE store = ?1 AND id <> ?2
		AND EXISTS (SELECT 1 FROM products WHERE account = accounts.id AND missing_since IS NULL) ORDER BY id`, c.store, c.account)
	if err != nil {
		return nil, unusable(c.path, err)
	}
	defer found.Close()
	var domains []string
	for found.Next() {
		var domain string
		if err := found.Scan(&domain); err != nil {
			return nil, unusable(c.path, err)
		}
		domains = append(domains, domain)
	}
	return domains, unusable(c.path, found.Err())
}

func (c rows) query(ctx context.Context, l layout, query string, args ...any) iter.Seq2[importer.Row, error] {
	return func(yield func(importer.Row, error) bool) {
		found, err := c.from.QueryContext(ctx, query, args...)
		if err != nil {
			yield(importer.Row{}, unusable(c.path, err))
			return
		}
		defer found.Close()
		for found.Next() {
			row, err := l.scanRow(found, c.account)
			if !yield(row, unusable(c.path, err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(importer.Row{}, unusable(c.path, err))
		}
	}
}

// Has reports whether there is a row with that key.
func (c rows) Has(ctx context.Context, t *importer.Table, key string) (bool, error) {
	l := layoutOf(t)
	var one int
	err := c.from.QueryRowContext(ctx, "SELECT 1 FROM "+l.Name+" WHERE "+l.keyIs(), l.keyArguments(c.account, key)...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return one == 1, unusable(c.path, err)
}

// Apply runs work in one transaction.
func (c *Catalog) Apply(ctx context.Context, work func(importer.CatalogWriter) error) error {
	tx, err := c.db.begin(ctx)
	if err != nil {
		return unusable(c.db.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	writer := &catalogWriter{rows: c.rows, tx: tx, now: c.db.now().UTC(), prepared: map[string]*sql.Stmt{}}
	writer.from = tx
	if err := work(writer); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // the driver rolled back when the context ended
		}
		return &importer.UnknownOutcomeError{Err: unusable(c.db.path, err)}
	}
	return nil
}

// catalogWriter is the catalogue inside the one transaction of an import.
type catalogWriter struct {
	rows
	tx       *sql.Tx
	now      time.Time
	prepared map[string]*sql.Stmt
}

// exec runs a statement that is prepared once for the transaction.
func (w *catalogWriter) exec(ctx context.Context, query string, args ...any) error {
	statement := w.prepared[query]
	if statement == nil {
		var err error
		if statement, err = w.tx.PrepareContext(ctx, query); err != nil {
			return unusable(w.path, err)
		}
		w.prepared[query] = statement
	}
	_, err := statement.ExecContext(ctx, args...)
	return unusable(w.path, err)
}

// Row gives the row that a change is about.
func (w *catalogWriter) Row(ctx context.Context, change importer.Change) (importer.Row, bool, error) {
	l := layoutOf(change.Table)
	where, args := l.keyIs(), l.keyArguments(accountOf(change.LocalID, w.account), change.Key)
	if l.Local && change.LocalID != "" {
		where, args = "id = ? AND store = ?", []any{change.LocalID, w.store}
	}
	row, err := l.scanRow(w.tx.QueryRowContext(ctx, l.selectRows()+" WHERE "+where, args...), w.account)
	if errors.Is(err, sql.ErrNoRows) {
		return importer.Row{}, false, nil
	}
	return row, err == nil, unusable(w.path, err)
}

// Insert makes a row of the record.
func (w *catalogWriter) Insert(ctx context.Context, t *importer.Table, record importer.Record, run string) error {
	l := layoutOf(t)
	names, args := "store, account, imported, "+l.names(), append([]any{w.store, w.account, imported(t, record)}, l.bound(record)...)
	if l.createdRun {
		names, args = names+", created_run", append(args, run)
	}
	if l.updatedRun {
		names, args = names+", updated_run", append(args, run)
	}
	return w.exec(ctx, "INSERT INTO "+l.Name+" ("+names+") VALUES ("+marks(len(args))+")", args...)
}

// Update gives the row the content of record, links it to the account and takes
// the mark of a missing row away.
func (w *catalogWriter) Update(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	return w.set(ctx, layoutOf(t), row, record, run, imported(t, record), nil)
}

// Miss marks the row missing and gives it the content of record, which is what
// was imported last unless the record is archived by it.
func (w *catalogWriter) Miss(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	last := row.Imported[:]
	if !t.Equal(row.Record, record) {
		last = imported(t, record)
	}
	if row.Foreign { // it stays linked to the shop that it came from
		return w.exec(ctx, "UPDATE "+t.Name+" SET missing_since = coalesce(missing_since, ?) WHERE id = ?", formatTime(w.now), row.LocalID)
	}
	return w.set(ctx, layoutOf(t), row, record, run, last, formatTime(w.now))
}

func imported(t *importer.Table, record importer.Record) []byte {
	fingerprint := t.Fingerprint(record)
	return fingerprint[:]
}

func (w *catalogWriter) set(ctx context.Context, l layout, row importer.Row, record importer.Record, run string, last []byte, missing any) error {
	query, args := "UPDATE "+l.Name+" SET account = ?, imported = ?", []any{w.account, last}
	for i, value := range l.bound(record) {
		query, args = query+", "+l.Columns[i].Name+" = ?", append(args, value)
	}
	if l.updatedRun {
		query, args = query+", updated_run = ?", append(args, run)
	}
	if l.Kept {
		query += ", missing_since = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(missing_since, ?) END"
		args = append(args, missing, missing)
	}
	where, which := w.which(l, row)
	return w.exec(ctx, query+" WHERE "+where, append(args, which...)...)
}

// which finds a row: by its own id where it has one.
func (w *catalogWriter) which(l layout, row importer.Row) (string, []any) {
	if l.Local {
		return "id = ?", []any{row.LocalID}
	}
	return l.keyIs(), l.keyArguments(accountOf(row.LocalID, w.account), row.Key)
}

// Remove deletes a row.
func (w *catalogWriter) Remove(ctx context.Context, t *importer.Table, row importer.Row) error {
	l := layoutOf(t)
	where, which := w.which(l, row)
	return w.exec(ctx, "DELETE FROM "+l.Name+" WHERE "+where, which...)
}

// Finish ends the run and brings the freshness of the resources up to date.
func (w *catalogWriter) Finish(ctx context.Context, run importer.Run, resources []connector.Resource, asOf time.Time) error {
	for _, resource := range resources {
		if err := w.exec(ctx, "INSERT OR REPLACE INTO freshness (account, resource, as_of, imported_at) VALUES (?, ?, ?, ?)",
			w.account, resource, formatTime(asOf), formatTime(w.now)); err != nil {
			return err
		}
	}
	if err := bumpSerial(ctx, w.tx, w.store); err != nil {
		return unusable(w.path, err)
	}
	return unusable(w.path, endRun(ctx, w.tx, run))
}

func bumpSerial(ctx context.Context, tx *sql.Tx, store string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO stores (store, serial) VALUES (?, 1) ON CONFLICT (store) DO UPDATE SET serial = serial + 1", store)
	return err
}
