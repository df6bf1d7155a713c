package shopify

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// root is a connection that holds every record of a kind, so that the shop's
// count of that kind can be held against it.
type root[D, T any] struct {
	connection[D, T]
	tables []*importer.Table // filled by the walk; the records of the first are counted
	ids    string            // what their ids begin with
	id     func(*T) string
	take   func(context.Context, []*T) error
	begin  func() // called before each pass; may be nil

	count document // "" when the shop does not count them
	fewer fewer    // nil when the walk cannot find fewer than are counted
	// long says that it may be read in spans: its document takes a filter, and take
	// may be called by several goroutines.
	long bool
}

// read walks the root and compares. A shop that changed meanwhile is read once
// more; if it does not agree then, the read has failed.
func (o root[D, T]) read(ctx context.Context, r *pageReader) error {
	err := o.pass(ctx, r, !o.long)
	if !errors.Is(err, errMoved) || ctx.Err() != nil { // when it ended, err may be another list's
		return err
	}
	if err := r.restart(o.tables, err); err != nil {
		return err
	}
	return o.pass(ctx, r, true)
}

// pass walks the root once, alone in one span or else in as many as help.
func (o root[D, T]) pass(ctx context.Context, r *pageReader, alone bool) error {
	if o.begin != nil {
		o.begin()
	}
	found := newCensus(r.intake.NewSorter())
	defer found.Close()
	pass := spread[D, T]{root: o, reading: r, alone: alone, found: found}
	if err := pass.read(ctx); err != nil {
		return err
	}
	after, err := r.count(ctx, o.count)
	if err != nil {
		return err
	}
	distinct, err := found.distinct()
	if err != nil {
		return err
	}
	r.intake.Progress(o.tables[0], importer.PhaseReading, distinct, distinct)
	if distinct < after.number() && o.fewer != nil {
		shared, err := o.fewer(ctx)
		if err != nil {
			return err
		}
		distinct += min(shared, after.number()-distinct)
	}
	return o.compare(r.client.Domain(), distinct, after)
}

// fewer tells, as soon as it is known, how many fewer records there may be than the
// shop counts.
type fewer func(context.Context) (int, error)

// compare holds what was found against what the shop counts. More is no loss.
func (o root[D, T]) compare(domain string, found int, said *count) error {
	if found >= said.number() {
		return nil
	}
	return moved("%s counts %d %s, but its pages of %s hold %d", domain, said.Count, o.count.counted(), o.tables[0].Name, found)
}

// count is how many records of a kind there are, as the shop says. One without a
// precision was not told.
type count struct {
	Count     int    `must:"be"`
	Precision string `must:"be"`

	announcement importer.Announced
}

func (c *count) exact() bool { return c != nil && c.Precision == "EXACT" }

func (c *count) number() int {
	if c == nil {
		return 0
	}
	return c.Count
}

func (c *count) announced() *importer.Announced {
	if c == nil || c.Precision == "" {
		return nil
	}
	c.announcement = importer.Announced{Count: c.Count, Exact: c.exact()}
	return &c.announcement
}

// census counts different ids; a record that came twice must not hide one that
// never came.
type census struct {
	heads int // what came, doubles included
	seen  *bulk.Identities
}

func newCensus(sorter importer.Sorter) *census {
	return &census{seen: bulk.NewIdentities(sorter)}
}

// add counts a record. One without an id differs from all others.
func (c *census) add(id string) error {
	c.heads++
	if !isID(id) {
		return nil
	}
	return c.seen.Add(bulk.Mark{ID: number(id)}, nil)
}

func (c *census) distinct() (int, error) {
	repeats, err := c.seen.Repeats()
	return c.heads - repeats, err
}

// Close drops what the census kept.
func (c *census) Close() error { return c.seen.Close() }
