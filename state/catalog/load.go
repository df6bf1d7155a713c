package catalog

import (
	"context"
	"fmt"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/load"
	"github.com/eshopos/eshopctl/state/tables"
)

// InsertAll inserts a row for each record. run is the id of the run that writes.
func (w *catalogWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	l := tables.InSQL(t)
	before, after := []load.Constant{{Column: "store", Value: w.store}, {Column: "account", Value: w.account}}, []load.Constant(nil)
	if l.Local {
		before = append([]load.Constant{{Column: "id"}}, before...)
	}
	if l.Kept {
		after = append(after, load.Constant{Column: "missing_since"})
	}
	if l.CreatedRun {
		after = append(after, load.Constant{Column: "created_run", Value: run})
	}
	if l.UpdatedRun {
		after = append(after, load.Constant{Column: "updated_run", Value: run})
	}
	err := w.tx.InsertRows(ctx, l.Name, before, loadRows(l, records), after)
	if diagnosis.IsConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// HoldsRecords reports whether the rows with the keys of the records are equal to them, and
// how many rows the table has, of all accounts.
func (w *catalogWriter) HoldsRecords(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error],
	most bool) (holds bool, rows int, err error) {
	l := tables.InSQL(t)
	part := load.Part{Table: l.Name, Of: load.Constant{Column: "account", Value: w.account}, Keys: l.KeyNames()}
	return w.tx.HoldsRows(ctx, part, loadRows(l, records), most)
}

// loadRows converts records for loading. A value that equals the one in the record before
// is converted once.
func loadRows(l tables.Table, records iter.Seq2[importer.Record, error]) load.Rows {
	return load.Rows{Columns: l.ColumnNames(), Cells: func(yield func([]load.Cell, error) bool) {
		last, cells := make(importer.Record, len(l.Columns)), make([]load.Cell, len(l.Columns))
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

func cellOf(column importer.Column, value importer.Value) load.Cell {
	if !value.Present() {
		return load.Cell{}
	}
	if number, is := tables.Number(column, value); is {
		return load.WholeCell(number)
	}
	return load.TextCell(value.Text())
}
