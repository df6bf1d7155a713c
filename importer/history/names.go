package history

import (
	"cmp"
	"context"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Details are what runs changed, and what people call it.
type Details interface {
	job.RunOutput
	job.Rows
}

// Names knows what people call the records that the changes of a run are about:
// as the catalogue has them, or, where it has none yet, as the snapshot does.
type Names struct {
	ctx     context.Context
	db      Details
	run     importer.Run
	silent  string                           // a title that says nothing
	finders map[*importer.Table]*walk.Finder // nil where no snapshot is kept
}

// NewNames knows the names for a run. silent is a title that says nothing.
func NewNames(ctx context.Context, db Details, run importer.Run, silent string) *Names {
	return &Names{ctx, db, run, silent, map[*importer.Table]*walk.Finder{}}
}

// NameOf is the name of the record that a change is about, "" when it has none.
func (n *Names) NameOf(c importer.Change) string {
	if c.Action != importer.Create {
		if name := n.db.RecordName(n.ctx, n.run.ConnectorID(), c.Table, c.Key); name != "" {
			return name
		}
	}
	if c.Table.Linkable && c.Action == importer.Update { // about to be linked, it has no key yet
		return n.recordName(c.Table, c.Key)
	}
	return n.freshName(c)
}

// freshName is the name of a record that the catalogue does not have.
func (n *Names) freshName(c importer.Change) string {
	if len(c.Fields) == 0 {
		if name := n.recordName(c.Table, c.Key); name != "" {
			return name
		}
	}
	t, known := c.Table, c.Table.PublicLabel()
	switch {
	case known.Joined != "":
		return joinNames(n.parentName(c, t.Parents[1]), known.Joined, n.parentName(c, t.Parents[0]))
	case len(known.Called) > 0:
		return cmp.Or(fieldIn(c, known.Called[0]), n.ownerName(c))
	case known.Within:
		return cmp.Or(fieldIn(c, known.Code), joinNames(n.parentName(c, t.Parents[0]), " / ", n.titleOf(c)))
	case known.Title > 0:
		return fieldIn(c, known.Title)
	}
	return ""
}

// ownerName is the name of what a record is part of.
func (n *Names) ownerName(c importer.Change) string {
	for _, parent := range c.Table.OwnerParents() {
		if parent.When == nil || fieldIn(c, parent.When.Column) == parent.When.Value.Text() {
			return n.parentName(c, parent)
		}
	}
	return ""
}

// parentName is the name of what a record refers to. The record may have the parent's code
// as well.
func (n *Names) parentName(c importer.Change, of importer.Parent) string {
	if code := of.Table.PublicLabel().Code; code > 0 {
		if known := valueIn(c, of.Table.Columns[code].Name); known != "" {
			return known
		}
	}
	for i, part := range importer.SplitKey(c.Key) {
		if i < len(c.Table.Keys) && c.Table.Keys[i] == of.Column {
			return n.recordName(of.Table, part)
		}
	}
	return n.recordName(of.Table, fieldIn(c, of.Column))
}

// recordName is the name of one record of a table whose records have names.
func (n *Names) recordName(t *importer.Table, key string) string {
	if key == "" {
		return ""
	}
	if name := n.db.RecordName(n.ctx, n.run.ConnectorID(), t, key); name != "" {
		return name
	}
	finder := n.finderOf(t)
	if finder == nil {
		return ""
	}
	record, err := finder.FindRecord(key)
	if err != nil || record == nil {
		return "" // only for show
	}
	return n.freshName(importer.Change{Table: t, Key: key, Fields: importer.AllFields(t, nil, record)})
}

func (n *Names) finderOf(t *importer.Table) *walk.Finder {
	if finder, asked := n.finders[t]; asked {
		return finder
	}
	n.finders[t] = nil
	if plan, err := n.db.Plan(n.ctx, n.run.PlanID()); err == nil {
		if snapshot, err := n.db.Snapshot(n.ctx, plan.Snapshot); err == nil {
			n.finders[t], _ = walk.NewFinder(snapshot, t) // only for show
		}
	}
	return n.finders[t]
}

// titleOf is a record's own title, unless it says nothing.
func (n *Names) titleOf(c importer.Change) string {
	if title := fieldIn(c, c.Table.Title); title != n.silent {
		return title
	}
	return ""
}

// joinNames joins two names; without one of them it is the other.
func joinNames(a, join, b string) string {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return a + join + b
}

func fieldIn(c importer.Change, column int) string { return valueIn(c, c.Table.Columns[column].Name) }

// valueIn is the new value of a field, "" when the change does not have it or it
// is blank.
func valueIn(c importer.Change, column string) string {
	for _, field := range c.Fields {
		if c.Table.Columns[field.Column].Name == column && strings.TrimSpace(field.New.Text()) != "" {
			return field.New.Text()
		}
	}
	return ""
}
