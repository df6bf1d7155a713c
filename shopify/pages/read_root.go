package pages

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// readAll reads the list. Where the shop changed meanwhile the list is read a second time,
// in one chain of pages; it fails if that does not agree with the shop's count either.
func (o rootList[D, T]) readAll(ctx context.Context, r *Reader) error {
	err := o.readOnce(ctx, r, !o.long)
	if !errors.Is(err, client.ErrMoved) || ctx.Err() != nil { // once ctx has ended, err may be that of another list
		return err
	}
	if err := r.restartTables(o.tables, err); err != nil {
		return err
	}
	return o.readOnce(ctx, r, true)
}

// readOnce reads the list from its first record to its last and compares it with the
// shop's count.
func (o rootList[D, T]) readOnce(ctx context.Context, r *Reader, alone bool) error {
	if o.begin != nil {
		o.begin()
	}
	found := repeats.NewFinder(r.intake.NewSorter()) // a record that came twice must not hide one that never came
	defer found.Close()
	pass := spanPass[D, T]{rootList: o, reader: r, alone: alone, found: found}
	if err := pass.readAll(ctx); err != nil {
		return err
	}
	counted, err := r.Counts.Now(ctx, o.count)
	if err != nil {
		return err
	}
	distinct, err := found.CountDistinct()
	if err != nil {
		return err
	}
	r.intake.ReportProgress(o.tables[0], importer.PhaseReading, distinct, distinct)
	if distinct < counted.Number() && o.fewer != nil {
		shared, err := o.fewer(ctx)
		if err != nil {
			return err
		}
		distinct += min(shared, counted.Number()-distinct)
	}
	return o.compareCount(r.client.Domain(), distinct, counted)
}
