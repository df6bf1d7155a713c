package pages

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// rootList is a connection that holds every record of a kind, so that the shop's
// count of that kind can be held against it.
type rootList[D, T any] struct {
	connection[D, T]
	tables []*importer.Table // filled by the walk; the records of the first are counted
	ids    string            // what their ids begin with
	id     func(*T) string
	take   func(context.Context, []*T) error
	begin  func() // called before each pass; may be nil

	count queries.Document // "" when the shop does not count them
	fewer Fewer            // nil when the walk cannot find fewer than are counted
	// long says that it may be read in spans: its document takes a filter, and take
	// may be called by several goroutines.
	long bool
}

// read walks the root and compares. A shop that changed meanwhile is read once
// more; if it does not agree then, the read has failed.
func (o rootList[D, T]) read(ctx context.Context, r *Reader) error {
	err := o.passOnce(ctx, r, !o.long)
	if !errors.Is(err, client.ErrMoved) || ctx.Err() != nil { // when it ended, err may be another list's
		return err
	}
	if err := r.restartTables(o.tables, err); err != nil {
		return err
	}
	return o.passOnce(ctx, r, true)
}

// passOnce walks the root once, alone in one span or else in as many as help.
func (o rootList[D, T]) passOnce(ctx context.Context, r *Reader, alone bool) error {
	if o.begin != nil {
		o.begin()
	}
	found := repeats.NewFinder(r.intake.NewSorter())
	defer found.Close()
	pass := spanPass[D, T]{rootList: o, reader: r, alone: alone, found: found}
	if err := pass.read(ctx); err != nil {
		return err
	}
	after, err := r.Counts.Now(ctx, o.count)
	if err != nil {
		return err
	}
	distinct, err := found.CountDistinct()
	if err != nil {
		return err
	}
	r.intake.Progress(o.tables[0], importer.PhaseReading, distinct, distinct)
	if distinct < after.Number() && o.fewer != nil {
		shared, err := o.fewer(ctx)
		if err != nil {
			return err
		}
		distinct += min(shared, after.Number()-distinct)
	}
	return o.compareCount(r.client.Domain(), distinct, after)
}

// Fewer tells, as soon as it is known, how many fewer records there may be than the
// shop counts.
type Fewer func(context.Context) (int, error)

// compareCount holds what was found against what the shop counts. More is no loss.
func (o rootList[D, T]) compareCount(domain string, found int, said *records.Count) error {
	if found >= said.Number() {
		return nil
	}
	return client.MovedFault("%s counts %d %s, but its pages of %s hold %d",
		domain, said.Count, o.count.CountedThings(), o.tables[0].Name, found)
}
