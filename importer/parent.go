package importer

import (
	"iter"
	"slices"
	"strings"
)

// IsOf reports whether it is a parent of that record.
func (p Parent) IsOf(r Record) bool {
	return p.When == nil || r[p.When.Column].Equal(p.When.Value, Text)
}

// HangsOn reports whether a column says which record the parent is.
func (p Parent) HangsOn(column int) bool {
	return p.Column == column || p.When != nil && p.When.Column == column
}

// ParentsOf are the parents of that record.
func (t *Table) ParentsOf(r Record) iter.Seq[Parent] {
	return func(yield func(Parent) bool) {
		for _, parent := range t.Parents {
			if parent.IsOf(r) && !yield(parent) {
				return
			}
		}
	}
}

// ParentIDs are the records that a record names as a parent.
func (t *Table) ParentIDs(parent Parent, r Record) iter.Seq[string] {
	value := r[parent.Column]
	if t.Columns[parent.Column].Type == Set && parent.IsOf(r) {
		return value.EachElement
	}
	return func(yield func(string) bool) {
		if value.text != "" && parent.IsOf(r) {
			yield(value.text)
		}
	}
}

// OwnerParents are what a record may be part of, one of them: the first parent, and those that
// stand in the same column.
func (t *Table) OwnerParents() []Parent {
	return slices.DeleteFunc(slices.Clone(t.Parents), func(p Parent) bool { return p.Column != t.Parents[0].Column })
}

// OwnerOf is what a part belongs to, in no table when the part does not say in which.
func (t *Table) OwnerOf(part Record) ParentRef {
	for _, parent := range t.OwnerParents() {
		if parent.IsOf(part) {
			return ParentRef{parent.Table, part[parent.Column].text}
		}
	}
	return ParentRef{nil, part[t.Parents[0].Column].text}
}

// LacksOwner reports whether a record is to be part of something and does not say of what.
func (t *Table) LacksOwner(r Record) bool {
	return len(t.Parents) > 0 && t.Parents[0].When != nil && t.OwnerOf(r).Part == nil
}

// OwnerWords name the tables that a record may be part of.
func (t *Table) OwnerWords() string {
	var names []string
	for _, parent := range t.OwnerParents() {
		names = append(names, parent.Table.Name)
	}
	return strings.Join(names, " or ")
}

// belongsTo is what a record is part of as its shop gives it: the first of several
// keys, or what it belongs to.
func (t *Table) belongsTo(r Record) string {
	switch {
	case len(t.Keys) > 1:
		return r[t.Keys[0]].text
	case len(t.Parents) > 0:
		return t.OwnerOf(r).ID
	}
	return ""
}

// ShownParents are those of whom a listed row tells what they are called; of several that
// are called alike a row has one.
func (t *Table) ShownParents() []Parent {
	return slices.DeleteFunc(slices.Clone(t.Parents), func(p Parent) bool { return p.As == "" })
}

// IsSound reports whether nothing in r hinders its import, as far as r alone shows:
// its values can be stored, and it names its parents.
func (t *Table) IsSound(r Record) bool {
	for parent := range t.ParentsOf(r) {
		if r[parent.Column].text == "" {
			return false
		}
	}
	return !t.LacksOwner(r) && t.InvalidValue(r) == ""
}
