package importer

import (
	"slices"
	"strings"
)

// Action is what a plan does to one record.
type Action string

// The actions.
const (
	Create  Action = "create"
	Update  Action = "update"
	Remove  Action = "remove"  // a part that its parent no longer has
	Miss    Action = "missing" // the shop no longer shows it: kept and marked
	Archive Action = "archive" // marked missing and archived
	Skip    Action = "skip"    // kept as it was edited here
	Reject  Action = "reject"  // cannot be imported
	Leave   Action = "leave"   // the row stays as it is; operators are not told
	Mend    Action = "mend"    // the row stays, without its references to records that are removed

	// Zero asks for the updates and removals that take stock from above zero to zero.
	Zero Action = "zero"
	// Fill stands for the updates that only fill columns, where they are told apart.
	Fill Action = "fill"
)

// Change is one step of a plan.
type Change struct {
	Action   Action
	Table    *Table
	Key      string // "" for a row that the shop never had
	LocalID  string // "" when the table has none, or there is no row yet
	Fields   []FieldChange
	Drifted  bool  // the row was edited here since the last import
	Both     bool  // and the record changed in the shop as well
	Filled   bool  // an Update of nothing but columns that the state did not hold before
	Foreign  bool  // the row was imported from another external account
	Zeroed   bool  // a stock level above zero goes to zero, below it or to unknown, or is removed
	Rejected bool  // the shop shows the record, which cannot be imported
	Moved    Mover // set for a difference that a reconciliation found; see WhoMoved

	// Records is how many records a Create makes: that of Key and those that
	// follow it in the snapshot.
	Records int

	// Seen is the fingerprint of the row when the plan was made; the change is only applied
	// to a row with that fingerprint. It is zero if there was no row. Saw is the layout of
	// the row then: the table may have got more columns since.
	Seen Fingerprint
	Saw  Layout

	// Imported is what was imported into the row last. It is set for a row that is left as
	// it is or that both sides changed, and nil if it is not known.
	Imported Record
}

// FieldEdited reports whether a field of the row was edited here since the last import. If
// it is not known what was imported, every changed field of an edited row counts.
func (c Change) FieldEdited(f FieldChange) bool {
	return c.Drifted && (c.Imported == nil || !f.Old.Equal(c.Imported[f.Column], c.Table.Columns[f.Column].Type))
}

// WhoMovedField returns who changed a field since the last run.
func (c Change) WhoMovedField(f FieldChange) Mover {
	who := c.WhoMoved()
	if who != ByBoth || c.Imported == nil {
		return who
	}
	switch {
	case !c.FieldEdited(f):
		return ByShop
	case c.Imported[f.Column].unheld || f.New.Equal(c.Imported[f.Column], c.Table.Columns[f.Column].Type):
		return ByStore
	}
	return ByBoth
}

// WhoMoved returns who changed the record since the last run.
func (c Change) WhoMoved() Mover {
	switch {
	case c.Filled:
		return ByNobody
	case c.Moved != "":
		return c.Moved
	case c.Both:
		return ByBoth
	case c.Drifted:
		return ByStore
	}
	return ByShop
}

// IsShown reports whether an operator is to see the change.
func (c Change) IsShown() bool { return c.Action != Leave }

// HasAction reports whether the change is of that action.
func (c Change) HasAction(action Action) bool {
	return c.Action == action || action == Zero && c.Zeroed
}

// LeavesRow reports whether the row differs from the shop after the change was applied.
func (c Change) LeavesRow() bool {
	switch c.Action {
	case Skip, Reject, Leave, Mend, Miss, Archive:
		return !c.Foreign
	}
	return c.Rejected
}

// TouchesRow reports whether the change writes a row that exists.
func (c Change) TouchesRow() bool {
	switch c.Action {
	case Create, Skip, Reject, Leave:
		return false
	}
	return true
}

// FieldChange is one column's old and new value. A removed record has only old
// values, a created one only new ones.
type FieldChange struct {
	Column int
	Old    Value
	New    Value
}

// ChangedFields lists the columns of t in which two records differ in meaning.
func ChangedFields(t *Table, old, fresh Record) []FieldChange {
	var fields []FieldChange
	for i, column := range t.Columns {
		if !old[i].Equal(fresh[i], column.Type) {
			fields = append(fields, FieldChange{i, old[i], fresh[i]})
		}
	}
	return fields
}

// AllFields lists every column of a record as changed: old is nil for a record that is
// created, fresh is nil for one that is removed.
func AllFields(t *Table, old, fresh Record) []FieldChange {
	fields := make([]FieldChange, len(t.Columns))
	for i := range fields {
		fields[i].Column = i
		if old != nil {
			fields[i].Old = old[i]
		}
		if fresh != nil {
			fields[i].New = fresh[i]
		}
	}
	return fields
}

// ApplyTo returns the row as it is after the change.
func (c Change) ApplyTo(row Record) Record {
	record := slices.Clone(row)
	for _, field := range c.Fields {
		record[field.Column] = field.New
	}
	return record
}

// FieldNames joins the column names of the wanted fields with commas.
func FieldNames(t *Table, fields []FieldChange, wanted func(FieldChange) bool) string {
	var names []string
	for _, field := range fields {
		if wanted(field) {
			names = append(names, t.Columns[field.Column].Name)
		}
	}
	return strings.Join(names, ", ")
}
