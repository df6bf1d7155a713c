package history

import (
	"cmp"
	"context"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Details are the changes of runs and the rows that they are about.
type Details interface {
	job.RunOutput
	job.Rows
}

// Names finds what people call the records that a run changed: by their rows, or by the
// run's snapshot if they have no row.
type Names struct {
	ctx     context.Context
	db      Details
	run     importer.Run
	silent  string                           // see connector.Platform.SilentTitle
	finders map[*importer.Table]*walk.Finder // nil for a table without a snapshot
}

// NewNames returns the names for a run. silent is connector.Platform.SilentTitle.
func NewNames(ctx context.Context, db Details, run importer.Run, silent string) *Names {
	return &Names{ctx, db, run, silent, map[*importer.Table]*walk.Finder{}}
}

// NameOf returns the name of the record that a change is about, "" if it has none.
func (n *Names) NameOf(c importer.Change) string {
	if c.Action != importer.Create {
		if name := n.db.RecordName(n.ctx, n.run.ConnectorID(), c.Table, c.Key); name != "" {
			return name
		}
	}
	if c.Table.Linkable && c.Action == importer.Update { // the row is about to be linked and has no key yet
		return n.recordName(c.Table, c.Key)
	}
	return n.freshName(c)
}

// freshName returns the name of a record without a row.
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

// ownerName returns the name of the record's owner.
func (n *Names) ownerName(c importer.Change) string {
	for _, parent := range c.Table.OwnerParents() {
		if parent.When == nil || fieldIn(c, parent.When.Column) == parent.When.Value.Text() {
			return n.parentName(c, parent)
		}
	}
	return ""
}

// parentName returns the name of a parent. If the record has the parent's code itself, that
// is the name.
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

// recordName returns the name of one record.
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
		return "" // a name is not worth an error
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
			n.finders[t], _ = walk.NewFinder(snapshot, t) // a name is not worth an error
		}
	}
	return n.finders[t]
}

// titleOf returns the record's own title, "" if it is silent.
func (n *Names) titleOf(c importer.Change) string {
	if title := fieldIn(c, c.Table.Title); title != n.silent {
		return title
	}
	return ""
}

// joinNames joins two names, or returns the other if one is empty.
func joinNames(a, join, b string) string {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return a + join + b
}

func fieldIn(c importer.Change, column int) string { return valueIn(c, c.Table.Columns[column].Name) }

// valueIn returns the new value of a column, "" if the change does not have it or it is
// blank.
func valueIn(c importer.Change, column string) string {
	for _, field := range c.Fields {
		if c.Table.Columns[field.Column].Name == column && strings.TrimSpace(field.New.Text()) != "" {
			return field.New.Text()
		}
	}
	return ""
}
