package cmd

import (
	"cmp"
	"context"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// naming knows what people call the records that the changes of a run are about:
// as the catalogue has them, or, where it has none yet, as the snapshot does.
type naming struct {
	ctx     context.Context
	db      *state.DB
	run     importer.Run
	lookups map[*importer.Table]*importer.Lookup // nil where no snapshot is kept
}

func newNaming(ctx context.Context, db *state.DB, run importer.Run) *naming {
	return &naming{ctx, db, run, map[*importer.Table]*importer.Lookup{}}
}

// of is the name of the record that a change is about, "" when it has none.
func (n *naming) of(c importer.Change) string {
	if c.Action != importer.Create {
		if name := n.db.Name(n.ctx, n.run.Store, c.Table, c.Key); name != "" {
			return name
		}
	}
	parts := importer.SplitKey(c.Key)
	switch {
	case c.Table == importer.Memberships && len(parts) == 2:
		return joined(n.record(importer.Products, parts[1]), " in ", n.record(importer.Categories, parts[0]))
	case c.Table == importer.Stock && len(parts) == 2:
		return joined(nameAmong(c), " at ", n.record(importer.Warehouses, parts[1]))
	case c.Table == importer.Media && len(parts) == 2:
		return cmp.Or(nameAmong(c), n.record(importer.Products, parts[0]))
	}
	return cmp.Or(nameAmong(c), n.record(c.Table, c.Key))
}

// record is the name of one record of a table whose records have names.
func (n *naming) record(t *importer.Table, key string) string {
	if name := n.db.Name(n.ctx, n.run.Store, t, key); name != "" {
		return name
	}
	lookup := n.lookup(t)
	if lookup == nil {
		return ""
	}
	record, err := lookup.Find(key)
	if err != nil || record == nil {
		return "" // only for show
	}
	return nameAmong(importer.Change{Table: t, Fields: t.AllFields(nil, record)})
}

func (n *naming) lookup(t *importer.Table) *importer.Lookup {
	if lookup, asked := n.lookups[t]; asked {
		return lookup
	}
	n.lookups[t] = nil
	if plan, err := n.db.Plan(n.ctx, planOf(n.run)); err == nil {
		if snapshot, err := n.db.Snapshot(n.ctx, plan.Snapshot); err == nil {
			n.lookups[t], _ = importer.NewLookup(snapshot, t) // only for show
		}
	}
	return n.lookups[t]
}

// joined joins two names; without one of them, none is known.
func joined(a, join, b string) string {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return a + join + b
}

// nameAmong is what people will call a record that is about to be created.
func nameAmong(c importer.Change) string {
	for _, want := range []string{"name", "sku", "title", "alt"} {
		for _, field := range c.Fields {
			if c.Table.Columns[field.Column].Name == want && strings.TrimSpace(field.New.Text()) != "" {
				return field.New.Text()
			}
		}
	}
	return ""
}
