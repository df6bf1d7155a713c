package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/runs"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/tables"
)

// catalogWriter is the catalogue inside the transaction of an import.
type catalogWriter struct {
	rows
	tx       *sqlite.Import
	now      time.Time
	prepared *engine.Statements
}

// UpdateRow gives the row the content of record, links it to the account and clears its
// missing mark.
func (w *catalogWriter) UpdateRow(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	return w.setRow(ctx, tables.InSQL(t), row, record, run, nil)
}

// MarkMissing marks the row missing and gives it the content of record. A row of another
// account stays linked to that account.
func (w *catalogWriter) MarkMissing(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	if !row.Foreign {
		return w.setRow(ctx, tables.InSQL(t), row, record, run, engine.FormatTime(w.now))
	}
	if err := w.leaveForeign(ctx, tables.InSQL(t), row); err != nil {
		return err
	}
	return w.exec(ctx, "UPDATE "+t.Name+" SET missing_since = coalesce(missing_since, ?) WHERE id = ?", engine.FormatTime(w.now),
		row.LocalID)
}

func (w *catalogWriter) setRow(ctx context.Context, l tables.Table, row importer.Row, record importer.Record, run string,
	missing any) error {
	sets, args := w.assignments(l, row, record, run, missing)
	if len(sets) == 0 {
		return nil
	}
	where, which := w.rowCondition(l, row)
	err := w.exec(withoutCancel(ctx), "UPDATE "+l.Name+" SET "+strings.Join(sets, ", ")+" WHERE "+where, append(args, which...)...)
	if diagnosis.IsConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// assignments returns the SET clause for a row. It leaves out unchanged columns, because
// SQLite rewrites a row when a column of its key is set, to whatever value.
func (w *catalogWriter) assignments(l tables.Table, row importer.Row, record importer.Record, run string, missing any) (sets []string,
	args []any) {
	if !row.Linked {
		sets, args = append(sets, "account = ?"), append(args, w.account)
	}
	if row.Astray {
		sets, args = append(sets, "store = ?"), append(args, w.store)
	}
	for i, value := range record {
		if value != row.Record[i] {
			sets, args = append(sets, l.Columns[i].Name+" = ?"), append(args, tables.Argument(l.Columns[i], value))
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

// rowCondition returns the condition that finds a row: by its local id if it has one.
func (w *catalogWriter) rowCondition(l tables.Table, row importer.Row) (string, []any) {
	if l.Local {
		return "id = ?", []any{row.LocalID}
	}
	return l.KeyIs, l.KeyArguments(tables.AccountOf(row.LocalID, w.account), row.Key)
}

// RemoveRow deletes a row.
func (w *catalogWriter) RemoveRow(ctx context.Context, t *importer.Table, row importer.Row) error {
	l := tables.InSQL(t)
	if row.Foreign {
		if err := w.leaveForeign(ctx, l, row); err != nil {
			return err
		}
	}
	where, which := w.rowCondition(l, row)
	return w.exec(withoutCancel(ctx), "DELETE FROM "+l.Name+" WHERE "+where, which...)
}

// FinishRun stores the end of the run and how fresh the resources are.
func (w *catalogWriter) FinishRun(ctx context.Context, run importer.Run, resources []connector.Resource, asOf time.Time) error {
	for _, resource := range resources {
		if err := w.exec(ctx, "INSERT OR REPLACE INTO freshness (account, resource, as_of, imported_at) VALUES (?, ?, ?, ?)",
			w.account, resource, engine.FormatTime(asOf), engine.FormatTime(w.now)); err != nil {
			return err
		}
	}
	if err := BumpSerial(ctx, w.tx.Tx, w.store); err != nil {
		return w.db.Unusable(err)
	}
	return errors.Join(w.db.Unusable(runs.EndRun(ctx, w.tx.Tx, run)), failpoint.Reach("finish/recorded"))
}

// BumpSerial counts a write to the catalogue of a store, which makes older plans stale.
func BumpSerial(ctx context.Context, tx *sql.Tx, store string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO stores (store, serial) VALUES (?, 1) ON CONFLICT (store) DO UPDATE SET serial = serial + 1", store)
	return err
}

func (w *catalogWriter) exec(ctx context.Context, query string, args ...any) error {
	statement, err := w.prepared.Statement(ctx, query)
	if err == nil {
		_, err = statement.ExecContext(ctx, args...)
	}
	return w.db.Unusable(err)
}

// leaveForeign notes that a row of another account differs from what was imported there.
func (w *catalogWriter) leaveForeign(ctx context.Context, l tables.Table, row importer.Row) error {
	keys := l.Columns[l.Keys[0]].Name + ", ''"
	if len(l.Keys) > 1 {
		keys = l.KeyList()
	}
	where, which := w.rowCondition(l, row)
	return w.exec(ctx, fmt.Sprintf(`INSERT OR REPLACE INTO left_alone (account, resource, key1, key2, record)
		SELECT account, '%s', %s, NULL FROM %s WHERE %s AND account IN (SELECT id FROM accounts)`, l.Name, keys, l.Name, where), which...)
}
