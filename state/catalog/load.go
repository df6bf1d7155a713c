package catalog

import (
	"context"
	"fmt"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/tables"
)

// InsertAll makes a row of each record. run is the import that writes.
func (w *catalogWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	l := tables.Of(t)
	before, after := []sqlite.Constant{{Column: "store", Value: w.store}, {Column: "account", Value: w.account}}, []sqlite.Constant(nil)
	if l.Local {
		before = append([]sqlite.Constant{{Column: "id"}}, before...)
	}
	if l.Kept {
		after = append(after, sqlite.Constant{Column: "missing_since"})
	}
	if l.CreatedRun {
		after = append(after, sqlite.Constant{Column: "created_run", Value: run})
	}
	if l.UpdatedRun {
		after = append(after, sqlite.Constant{Column: "updated_run", Value: run})
	}
	err := w.tx.Insert(ctx, l.Name, before, loading(l, records), after)
	if sqlite.IsConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// Holds reports whether the rows with the keys of the records hold exactly these,
// and how many rows the table has, of whatever account.
func (w *catalogWriter) Holds(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], most bool) (holds bool, rows int, err error) {
	l := tables.Of(t)
	part := sqlite.Part{Table: l.Name, Of: sqlite.Constant{Column: "account", Value: w.account}, Keys: l.KeyNames()}
	return w.tx.Holds(ctx, part, loading(l, records), most)
}

// loading has records go into the table. A value that stands in the record before, too,
// is made ready once.
func loading(l tables.Table, records iter.Seq2[importer.Record, error]) sqlite.Rows {
	return sqlite.Rows{Columns: l.ColumnNames(), Cells: func(yield func([]sqlite.Cell, error) bool) {
		last, cells := make(importer.Record, len(l.Columns)), make([]sqlite.Cell, len(l.Columns))
		for record, err := range records {
			if err != nil {
				yield(nil, err)
				return
			}
			for i, value := range record {
				if value != last[i] {
					last[i], cells[i] = value, cellOf(l.Columns[i], value)
				}
			}
			if !yield(cells, nil) {
				return
			}
		}
	}}
}

func cellOf(column importer.Column, value importer.Value) sqlite.Cell {
	if !value.Present() {
		return sqlite.Cell{}
	}
	if number, is := tables.Number(column, value); is {
		return sqlite.Whole(number)
	}
	return sqlite.Text(value.Text())
}
