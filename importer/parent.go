package importer

import (
	"iter"
	"slices"
	"strings"
)

// Parent ties a column to the table whose key it holds.
type Parent struct {
	Column int
	Table  *Table
	As     string // the field with what the parent is called, where a record is listed; "" for none
	// When is what another column says of the records that this is a parent of, nil where
	// it is one of all. Parents that share their column share what they are called as well.
	When *Field
}

// of reports whether it is a parent of that record.
func (p Parent) of(r Record) bool {
	return p.When == nil || r[p.When.Column].equal(p.When.Value, Text)
}

// hangsOn reports whether a column says which record the parent is.
func (p Parent) hangsOn(column int) bool {
	return p.Column == column || p.When != nil && p.When.Column == column
}

// parentsOf are the parents of that record.
func (t *Table) parentsOf(r Record) iter.Seq[Parent] {
	return func(yield func(Parent) bool) {
		for _, parent := range t.Parents {
			if parent.of(r) && !yield(parent) {
				return
			}
		}
	}
}

// ids are the records that a record names as a parent.
func (t *Table) ids(parent Parent, r Record) iter.Seq[string] {
	value := r[parent.Column]
	if t.Columns[parent.Column].Type == Set && parent.of(r) {
		return value.each
	}
	return func(yield func(string) bool) {
		if value.text != "" && parent.of(r) {
			yield(value.text)
		}
	}
}

// Owners are what a record may be part of, one of them: the first parent, and those that
// stand in the same column.
func (t *Table) Owners() []Parent {
	return slices.DeleteFunc(slices.Clone(t.Parents), func(p Parent) bool { return p.Column != t.Parents[0].Column })
}

// owner is what a part belongs to, in no table when the part does not say in which.
func (t *Table) owner(part Record) ParentRef {
	for _, parent := range t.Owners() {
		if parent.of(part) {
			return ParentRef{parent.Table, part[parent.Column].text}
		}
	}
	return ParentRef{nil, part[t.Parents[0].Column].text}
}

// astray reports whether a record is to be part of something and does not say of what.
func (t *Table) astray(r Record) bool {
	return len(t.Parents) > 0 && t.Parents[0].When != nil && t.owner(r).Part == nil
}

// ownerWords name the tables that a record may be part of.
func (t *Table) ownerWords() string {
	var names []string
	for _, parent := range t.Owners() {
		names = append(names, parent.Table.Name)
	}
	return strings.Join(names, " or ")
}
