package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// Catalog is the catalogue of one store as linked to one external account.
type Catalog struct{ rows }

// Catalog returns the catalogue of a connector's store and account.
func (db *DB) Catalog(ctx context.Context, c connector.Connector) (importer.Catalog, error) {
	return db.catalog(ctx, c)
}

func (db *DB) catalog(ctx context.Context, c connector.Connector) (*Catalog, error) {
	catalog := &Catalog{rows{db: db, from: db.often, path: db.path, store: c.Store, provider: c.Provider}}
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
	db       *DB
	from     querier
	path     string
	store    string
	provider string
	account  int64 // 0: nothing was ever linked
}

// Serial counts the writes to the store's catalogue by eshopctl, and the edits by
// others of rows of the account.
func (c rows) Serial(ctx context.Context) (serial, edits int64, err error) {
	err = c.from.QueryRowContext(ctx, `SELECT coalesce((SELECT serial FROM stores WHERE store = ?), 0), `+sqlite.LastIn("edits"), c.store).Scan(&serial, &edits)
	return serial, edits, unusable(c.path, err)
}

// Imported gives the snapshot that a table was brought to last, or
// importer.ErrNotKept.
func (c rows) Imported(ctx context.Context, t *importer.Table) (importer.Snapshot, error) {
	return c.db.snapshot(ctx, "SELECT run, info FROM imported JOIN snapshots ON run = snapshot WHERE account = ? AND resource = ?", c.account, t.Name)
}

// Deviations gives the rows of a table that were left alone or edited since. An edit may
// have taken the key from a row, which nothing names any more then: where there is one,
// such rows are looked for.
func (c rows) Deviations(ctx context.Context, t *importer.Table) iter.Seq2[importer.Deviation, error] {
	return func(yield func(importer.Deviation, error) bool) {
		found, err := c.from.QueryContext(ctx, `SELECT key1, key2, max(edited), max(found), max(left_alone), max(record) FROM (
			SELECT key1, key2, 0 AS edited, 0 AS found, 1 AS left_alone, record FROM left_alone WHERE account = ?1 AND resource = ?2 UNION ALL
			SELECT key1, key2, 1, found, 0, NULL FROM edits WHERE account = ?1 AND resource = ?2) GROUP BY key1, key2 ORDER BY key1, key2`, c.account, t.Name)
		if err != nil {
			yield(importer.Deviation{}, unusable(c.path, err))
			return
		}
		defer found.Close()
		looked := false
		for found.Next() {
			deviation, err := scanDeviation(t, found)
			if err == nil && deviation.Edited && !looked {
				looked, err = true, c.allNamed(ctx, t)
			}
			if !yield(deviation, unusable(c.path, err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(importer.Deviation{}, unusable(c.path, err))
		}
	}
}

// allNamed makes sure that each row of the account has a key.
func (c rows) allNamed(ctx context.Context, t *importer.Table) error {
	if t.Linkable {
		return nil
	}
	l := layoutOf(t)
	_, _, err := c.one(ctx, l, l.unnamed(), c.account)
	return err
}

func scanDeviation(t *importer.Table, from scanner) (d importer.Deviation, err error) {
	var keys [2]string
	var record []byte
	if err := from.Scan(&keys[0], &keys[1], &d.Edited, &d.Found, &d.Left, &record); err != nil {
		return d, err
	}
	d.Key = importer.JoinKey(keys[:len(t.Keys)]...)
	if record != nil {
		d.Imported, err = chunks.CutSingle(t, record)
	}
	return d, err
}

// Rows gives the rows of a table that belong to the account, in key order.
func (c rows) Rows(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := layoutOf(t)
	return c.query(ctx, l, l.rows+" WHERE account = ? AND "+l.mapped()+" ORDER BY "+l.keys(), c.account)
}

// Unlinked gives the rows of the store that belong to another account of the provider
// or to none. What the store has of another provider is its own matter.
func (c rows) Unlinked(ctx context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	l := layoutOf(t)
	where := " WHERE store = ? AND (account IS NOT ? OR NOT " + l.mapped() + ")" +
		" AND (account IS NULL OR account NOT IN (SELECT id FROM accounts WHERE store = ? AND provider <> ?))"
	if l.Local {
		where += " ORDER BY id"
	}
	return c.query(ctx, l, l.rows+where, c.store, c.account, c.store, c.provider)
}

// StoodFor gives the local ids of the warehouses that ever stood for a location, the
// newest first, "" for those that are not there any more.
func (c rows) StoodFor(ctx context.Context, location string) (ids []string, err error) {
	ids, err = texts(ctx, c.from, `SELECT coalesce(warehouses.id, '') FROM stood_for LEFT JOIN warehouses ON id = warehouse AND store = ?
		WHERE stood_for.account = ? AND stood_for.external_id = ? ORDER BY seq DESC`, c.store, c.account, location)
	return ids, unusable(c.path, err)
}

// Former names the shops of other accounts of the provider whose products the store
// holds and does not count as missing yet.
func (c rows) Former(ctx context.Context) ([]string, error) {
	domains, err := texts(ctx, c.from, `SELECT domain FROM accounts WHERE store = ?1 AND provider = ?3 AND id <> ?2
		AND EXISTS (SELECT 1 FROM products WHERE account = accounts.id AND missing_since IS NULL) ORDER BY id`, c.store, c.account, c.provider)
	return domains, unusable(c.path, err)
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
			row, err := l.scanRow(found, c.account, c.store)
			if !yield(row, unusable(c.path, err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(importer.Row{}, unusable(c.path, err))
		}
	}
}

// Find gives the row with that key.
func (c rows) Find(ctx context.Context, t *importer.Table, key string) (importer.Row, bool, error) {
	l := layoutOf(t)
	return c.one(ctx, l, l.row, l.keyArguments(c.account, key)...)
}

// Row gives the row that a change is about.
func (c rows) Row(ctx context.Context, change importer.Change) (importer.Row, bool, error) {
	l := layoutOf(change.Table)
	if l.Local && change.LocalID != "" {
		return c.one(within(ctx), l, l.rows+" WHERE id = ? AND (store = ? OR account = ?)", change.LocalID, c.store, c.account)
	}
	return c.one(within(ctx), l, l.row, l.keyArguments(accountOf(change.LocalID, c.account), change.Key)...)
}

// within is for what is done to one row: the driver would start a goroutine for
// each statement to hear of the end of ctx. A transaction hears of it in any case,
// and whoever goes through many rows looks at it himself.
func within(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

func (c rows) one(ctx context.Context, l layout, query string, args ...any) (importer.Row, bool, error) {
	row, err := l.scanRow(c.from.QueryRowContext(ctx, query, args...), c.account, c.store)
	if errors.Is(err, sql.ErrNoRows) {
		return importer.Row{}, false, nil
	}
	return row, err == nil, unusable(c.path, err)
}

// Count is how many rows the table has, of whatever account.
func (c rows) Count(ctx context.Context, t *importer.Table) (n int, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name).Scan(&n)
	return n, unusable(c.path, err)
}

// Empty reports whether the table holds no row of the account.
func (c rows) Empty(ctx context.Context, t *importer.Table) (empty bool, err error) {
	err = c.from.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM "+t.Name+" WHERE account = ?)", c.account).Scan(&empty)
	return empty, unusable(c.path, err)
}

// Apply runs work in one transaction.
func (c *Catalog) Apply(ctx context.Context, work func(importer.CatalogWriter) error) error {
	tx, err := c.db.file.Import(ctx)
	if err != nil {
		return err
	}
	defer tx.End()
	writer := &catalogWriter{rows: c.rows, tx: tx, now: c.db.now().UTC(), prepared: prepare(tx)}
	writer.from = writer.prepared
	if err := writer.importing(ctx, work); err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // the transaction went with it, and what failed follows from that
		}
		return err
	}
	if err := failpoint.Reach("commit/ready"); err != nil {
		return err
	}
	if err := errors.Join(tx.Commit(), failpoint.Reach("commit/done")); err != nil {
		if sqlite.IsStopped(err) {
			return context.Canceled // it was rolled back when the context ended
		}
		return &importer.UnknownOutcomeError{Err: unusable(c.db.path, err)}
	}
	return nil
}

// catalogWriter is the catalogue inside the one transaction of an import.
type catalogWriter struct {
	rows
	tx       *sqlite.Import
	now      time.Time
	prepared *prepared
}

// importing runs work while the edits of rows are not noted: the triggers on new rows
// go meanwhile, others are told.
func (w *catalogWriter) importing(ctx context.Context, work func(importer.CatalogWriter) error) error {
	return w.tx.Without(ctx, insertTriggers(), func() error {
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

// insertTriggers are those that note new rows of others.
func insertTriggers() (names []string) {
	for _, t := range importer.Tables() {
		names = append(names, t.Name+"_inserted")
	}
	return names
}

// refersWell makes sure that what the rows refer to is there: their account, which
// is the same for all that are new, and the snapshots that they were brought to.
func (w *catalogWriter) refersWell(ctx context.Context) error {
	var well bool
	err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM accounts WHERE id = ?1)
		AND NOT EXISTS (SELECT 1 FROM imported WHERE account = ?1 AND snapshot NOT IN (SELECT run FROM snapshots))`, w.account).Scan(&well)
	if err == nil && !well {
		err = &UnusableError{Path: w.path, Why: "the account or the snapshot that an import refers to is not there"}
	}
	return unusable(w.path, err)
}

func (w *catalogWriter) exec(ctx context.Context, query string, args ...any) error {
	statement, err := w.prepared.get(ctx, query)
	if err == nil {
		_, err = statement.ExecContext(ctx, args...)
	}
	return unusable(w.path, err)
}

// LastRead gives the snapshots that brought columns last which Imported was read without.
func (c rows) LastRead(ctx context.Context, t *importer.Table) (map[string]importer.Snapshot, error) {
	runs, err := c.lastRead(ctx, t)
	if err != nil {
		return nil, err
	}
	snapshots := map[string]importer.Snapshot{"": nil}
	last := map[string]importer.Snapshot{}
	for field, run := range runs {
		s, found := snapshots[run]
		if !found {
			if s, err = c.db.snapshot(ctx, "SELECT run, info FROM snapshots WHERE run = ?", run); errors.Is(err, importer.ErrNotKept) {
				continue
			}
			if err != nil {
				return nil, err
			}
			snapshots[run] = s
		}
		last[field] = s
	}
	return last, nil
}

func (c rows) lastRead(ctx context.Context, t *importer.Table) (map[string]string, error) {
	found, err := c.from.QueryContext(ctx, "SELECT field, snapshot FROM last_read WHERE account = ? AND resource = ?", c.account, t.Name)
	if err != nil {
		return nil, unusable(c.path, err)
	}
	defer found.Close()
	runs := map[string]string{}
	for found.Next() {
		var field, run string
		if err := found.Scan(&field, &run); err != nil {
			return nil, unusable(c.path, err)
		}
		runs[field] = run
	}
	return runs, unusable(c.path, found.Err())
}

// Unread notes columns that are not read any more, and that Imported brought them last.
func (w *catalogWriter) Unread(ctx context.Context, t *importer.Table, fields []string) error {
	return w.exec(ctx, `INSERT OR REPLACE INTO last_read (account, resource, field, snapshot)
		SELECT ?1, ?2, value, coalesce((SELECT snapshot FROM imported WHERE account = ?1 AND resource = ?2), '') FROM json_each(?3)`, w.account, t.Name, list(fields))
}

// Brought notes the snapshot that the table holds from now on, and forgets who brought
// the columns last that it was not read without.
func (w *catalogWriter) Brought(ctx context.Context, t *importer.Table, snapshot string, without []string) error {
	if err := w.exec(ctx, "DELETE FROM last_read WHERE account = ? AND resource = ? AND field NOT IN (SELECT value FROM json_each(?))", w.account, t.Name, list(without)); err != nil {
		return err
	}
	if err := w.exec(ctx, "INSERT OR REPLACE INTO imported (account, resource, snapshot) VALUES (?, ?, ?)", w.account, t.Name, snapshot); err != nil {
		return err
	}
	return w.exec(ctx, "DELETE FROM left_alone WHERE account = ? AND resource = ?", w.account, t.Name)
}

// Drop forgets a snapshot. The chunks that nothing else uses are pruned later.
func (w *catalogWriter) Drop(ctx context.Context, run string) error {
	for _, statement := range []string{
		"DELETE FROM imported WHERE snapshot = ?", "DELETE FROM last_read WHERE snapshot = ?", "DELETE FROM snapshot_chunks WHERE snapshot = ?", "DELETE FROM snapshots WHERE run = ?",
	} {
		if err := w.exec(ctx, statement, run); err != nil {
			return err
		}
	}
	return nil
}

// Leave notes a row that the import leaves alone.
func (w *catalogWriter) Leave(ctx context.Context, t *importer.Table, key string, imported importer.Record) error {
	keys := append(importer.SplitKey(key), "")[:2]
	var record []byte
	if imported != nil {
		record = chunks.Single(t, imported)
	}
	return w.exec(ctx, "INSERT OR REPLACE INTO left_alone (account, resource, key1, key2, record) VALUES (?, ?, ?, ?, ?)",
		w.account, t.Name, keys[0], keys[1], record)
}

// Forget forgets the edits up to that one.
func (w *catalogWriter) Forget(ctx context.Context, t *importer.Table, edits int64) error {
	return w.exec(ctx, `DELETE FROM edits WHERE account = ? AND resource = ? AND seq <= ? AND NOT EXISTS (SELECT 1 FROM left_alone AS l
		WHERE l.account = edits.account AND l.resource = edits.resource AND l.key1 = edits.key1 AND l.key2 = edits.key2 AND l.record IS NULL)`,
		w.account, t.Name, edits)
}

// leaveForeign notes that a row of another account is not what was imported.
func (w *catalogWriter) leaveForeign(ctx context.Context, l layout, row importer.Row) error {
	keys := l.Columns[l.Keys[0]].Name + ", ''"
	if len(l.Keys) > 1 {
		keys = l.keys()
	}
	where, which := w.which(l, row)
	return w.exec(ctx, fmt.Sprintf(`INSERT OR REPLACE INTO left_alone (account, resource, key1, key2, record)
		SELECT account, '%s', %s, NULL FROM %s WHERE %s AND account IN (SELECT id FROM accounts)`, l.Name, keys, l.Name, where), which...)
}

// Update gives the row the content of record, links it to the account and takes
// the mark of a missing row away.
func (w *catalogWriter) Update(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	return w.set(ctx, layoutOf(t), row, record, run, nil)
}

// Miss marks the row missing and gives it the content of record. A row of another
// account stays linked to the shop that it came from.
func (w *catalogWriter) Miss(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	if !row.Foreign {
		return w.set(ctx, layoutOf(t), row, record, run, formatTime(w.now))
	}
	if err := w.leaveForeign(ctx, layoutOf(t), row); err != nil {
		return err
	}
	return w.exec(ctx, "UPDATE "+t.Name+" SET missing_since = coalesce(missing_since, ?) WHERE id = ?", formatTime(w.now), row.LocalID)
}

func (w *catalogWriter) set(ctx context.Context, l layout, row importer.Row, record importer.Record, run string, missing any) error {
	sets, args := w.setting(l, row, record, run, missing)
	if len(sets) == 0 {
		return nil
	}
	where, which := w.which(l, row)
	err := w.exec(within(ctx), "UPDATE "+l.Name+" SET "+strings.Join(sets, ", ")+" WHERE "+where, append(args, which...)...)
	if sqlite.IsConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// setting lists what is to be another in a row. What stays is left out: SQLite
// makes a row anew when a column of its key is set, to whatever value.
func (w *catalogWriter) setting(l layout, row importer.Row, record importer.Record, run string, missing any) (sets []string, args []any) {
	if !row.Linked {
		sets, args = append(sets, "account = ?"), append(args, w.account)
	}
	if row.Astray {
		sets, args = append(sets, "store = ?"), append(args, w.store)
	}
	for i, value := range record {
		if value != row.Record[i] {
			sets, args = append(sets, l.Columns[i].Name+" = ?"), append(args, argument(l.Columns[i], value))
		}
	}
	if l.UpdatedRun {
		sets, args = append(sets, "updated_run = ?"), append(args, run)
	}
	if l.Kept {
		sets = append(sets, "missing_since = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(missing_since, ?) END")
		args = append(args, missing, missing)
	}
	return sets, args
}

// which finds a row: by its own id where it has one.
func (w *catalogWriter) which(l layout, row importer.Row) (string, []any) {
	if l.Local {
		return "id = ?", []any{row.LocalID}
	}
	return l.keyIs, l.keyArguments(accountOf(row.LocalID, w.account), row.Key)
}

// Remove deletes a row.
func (w *catalogWriter) Remove(ctx context.Context, t *importer.Table, row importer.Row) error {
	l := layoutOf(t)
	if row.Foreign {
		if err := w.leaveForeign(ctx, l, row); err != nil {
			return err
		}
	}
	where, which := w.which(l, row)
	return w.exec(within(ctx), "DELETE FROM "+l.Name+" WHERE "+where, which...)
}

// Finish ends the run and brings the freshness of the resources up to date.
func (w *catalogWriter) Finish(ctx context.Context, run importer.Run, resources []connector.Resource, asOf time.Time) error {
	for _, resource := range resources {
		if err := w.exec(ctx, "INSERT OR REPLACE INTO freshness (account, resource, as_of, imported_at) VALUES (?, ?, ?, ?)",
			w.account, resource, formatTime(asOf), formatTime(w.now)); err != nil {
			return err
		}
	}
	if err := bumpSerial(ctx, w.tx.Tx, w.store); err != nil {
		return unusable(w.path, err)
	}
	return errors.Join(unusable(w.path, endRun(ctx, w.tx.Tx, run)), failpoint.Reach("finish/recorded"))
}

func bumpSerial(ctx context.Context, tx *sql.Tx, store string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO stores (store, serial) VALUES (?, 1) ON CONFLICT (store) DO UPDATE SET serial = serial + 1", store)
	return err
}
