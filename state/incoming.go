package state

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/importer"
)

// InsertAll makes a row of each record. run is the import that writes. All columns
// are named in their order, so that SQLite need not put them into it row by row.
func (w *catalogWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	l := layoutOf(t)
	names, values, args := "store, account, "+l.names(), "?, ?, "+l.names(), []any{w.store, w.account}
	if l.Local {
		names, values = "id, "+names, "NULL, "+values
	}
	if l.Kept {
		names, values = names+", missing_since", values+", NULL"
	}
	if l.CreatedRun {
		names, values, args = names+", created_run", values+", ?", append(args, run)
	}
	if l.UpdatedRun {
		names, values, args = names+", updated_run", values+", ?", append(args, run)
	}
	err := w.feeding(ctx, l, records, func(ctx context.Context, _ *feed) error {
		return w.exec(ctx, fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM temp.incoming", t.Name, names, values), args...)
	})
	if isConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// Holds reports whether the rows with the keys of the records hold exactly these,
// and how many rows the table has, of whatever account. A few are looked up; where
// they are most of the table, its rows are gone through beside them, which have the
// same order. Meanwhile the log goes to the disk.
func (w *catalogWriter) Holds(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], most bool) (holds bool, rows int, err error) {
	var synced errgroup.Group
	synced.Go(w.db.syncLog)
	if l := layoutOf(t); most {
		holds, rows, err = w.goesThrough(ctx, l, records)
	} else {
		holds, rows, err = w.looksUp(ctx, l, records)
	}
	return holds, rows, cmp.Or(err, unusable(w.path, synced.Wait()))
}

func (w *catalogWriter) looksUp(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) (holds bool, rows int, err error) {
	same := make([]string, len(l.Columns))
	for i, column := range l.Columns {
		operator := "IS"
		if slices.Contains(l.Keys, i) {
			operator = "="
		}
		same[i] = fmt.Sprintf("held.%s %s incoming.%s", column.Name, operator, column.Name)
	}
	err = w.feeding(ctx, l, records, func(ctx context.Context, f *feed) error {
		var n int
		err := w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM temp.incoming CROSS JOIN main.%s AS held WHERE held.account = ? AND %s",
			l.Name, strings.Join(same, " AND ")), w.account).Scan(&n)
		holds = n == f.read
		return unusable(w.path, err)
	})
	if err == nil {
		rows, err = w.Count(ctx, l.Table)
	}
	return holds, rows, err
}

// goesThrough goes through the rows by their key, whatever other index somebody
// made. Each row of the account is asked about, which counts them.
func (w *catalogWriter) goesThrough(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) (holds bool, rows int, err error) {
	f := newFeed(ctx, l, records)
	defer f.close()
	var n, others int
	err = w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM main.%s INDEXED BY sqlite_autoindex_%s_1 WHERE account = ? AND %s(?, %s)",
		l.Name, l.Name, isNext, l.names()), w.account, f.number).Scan(&n)
	if err == nil {
		err = w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT (SELECT count(*) FROM main.%s WHERE account < ?1) + (SELECT count(*) FROM main.%s WHERE account > ?1)",
			l.Name, l.Name), w.account).Scan(&others)
	}
	return n == f.read, f.asked + others, cmp.Or(f.err, unusable(w.path, err))
}

// feeding runs work while temp.incoming has the records.
func (w *catalogWriter) feeding(ctx context.Context, l layout, records iter.Seq2[importer.Record, error], work func(context.Context, *feed) error) error {
	f := newFeed(ctx, l, records)
	defer f.close()
	if _, err := w.tx.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.incoming USING %s(%d)", incomingModule, f.number)); err != nil {
		return unusable(w.path, err)
	}
	if err := work(ctx, f); err != nil || f.err != nil {
		return cmp.Or(f.err, err)
	}
	_, err := w.tx.ExecContext(ctx, "DROP TABLE temp.incoming")
	return unusable(w.path, err)
}

func isConstraint(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}
