package shopify

import (
	"context"
	"errors"
	"hash/maphash"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// root is a connection that holds every record of a kind, so that the shop's
// count of that kind can be held against it.
type root[D, T any] struct {
	connection[D, T]
	tables []*importer.Table // filled by the walk; the records of the first are counted
	ids    string            // what their ids begin with
	id     func(*T) string
	take   func(context.Context, []*T) error

	count document // "" when the shop does not count them
	// floor says that the count may leave some out that the walk finds.
	floor bool
}

// read walks the root and compares. A shop that changed meanwhile is read once
// more; if it does not agree then, the read has failed.
func (o root[D, T]) read(ctx context.Context, r *reading) error {
	err := o.pass(ctx, r)
	if !errors.Is(err, errMoved) || ctx.Err() != nil { // when it ended, err may be another list's
		return err
	}
	if err := r.restart(o.tables, err); err != nil {
		return err
	}
	return o.pass(ctx, r)
}

func (o root[D, T]) pass(ctx context.Context, r *reading) error {
	before, err := r.count(ctx, o.count)
	if err != nil {
		return err
	}
	var found census
	err = o.walk(ctx, r.client, func(nodes []*T) error {
		for _, node := range nodes {
			if _, err := top(o.ids, o.id(node)); err != nil {
				return incoherent("%s sent a page of %s with a wrong id: %s", r.client.domain, o.tables[0].Name, err)
			}
			found.add(o.id(node))
		}
		if err := o.take(ctx, nodes); err != nil {
			return err
		}
		r.intake.Progress(o.tables[0], importer.PhaseReading, found.heads(), before.number())
		return nil
	})
	if err != nil {
		return err
	}
	after, err := r.count(ctx, o.count)
	if err != nil {
		return err
	}
	return o.compare(r.client.domain, found.distinct(), after)
}

func (o root[D, T]) compare(domain string, found int, said *count) error {
	exact := said.exact() && !o.floor
	if said == nil || found == said.Count || found > said.Count && !exact {
		return nil
	}
	return moved("%s counts %d %s, but its pages hold %d", domain, said.Count, o.tables[0].Name, found)
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

// count asks for a root count; nil when there is none.
func (r *reading) count(ctx context.Context, d document) (*count, error) {
	if d == "" {
		return nil, nil
	}
	var data struct{ Count *count }
	err := r.client.ask(ctx, d, nil, &data)
	return data.Count, err
}

// census counts different ids in eight bytes each; a record that came twice
// must not hide one that never came.
type census struct {
	seed maphash.Seed
	ids  []uint64
}

func (c *census) add(id string) {
	if c.ids == nil {
		c.seed = maphash.MakeSeed()
	}
	c.ids = append(c.ids, maphash.String(c.seed, id))
}

// heads counts what came, doubles included.
func (c *census) heads() int { return len(c.ids) }

func (c *census) distinct() int {
	slices.Sort(c.ids)
	c.ids = slices.Compact(c.ids)
	return len(c.ids)
}
