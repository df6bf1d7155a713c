package importer

import (
	"iter"
	"slices"
	"strings"
)

// IsOf reports whether p is a parent of that record: see When.
func (p Parent) IsOf(r Record) bool {
	return p.When == nil || r[p.When.Column].Equal(p.When.Value, Text)
}

// HangsOn reports whether the reference to the parent depends on that column.
func (p Parent) HangsOn(column int) bool {
	return p.Column == column || p.When != nil && p.When.Column == column
}

// ParentsOf yields the parents that apply to that record.
func (t *Table) ParentsOf(r Record) iter.Seq[Parent] {
	return func(yield func(Parent) bool) {
		for _, parent := range t.Parents {
			if parent.IsOf(r) && !yield(parent) {
				return
			}
		}
	}
}

// ParentIDs yields the ids to which a record refers as that parent.
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

// OwnerParents returns the parents that a record may be part of: the first one, and those
// in the same column.
func (t *Table) OwnerParents() []Parent {
	return slices.DeleteFunc(slices.Clone(t.Parents), func(p Parent) bool { return p.Column != t.Parents[0].Column })
}

// OwnerOf returns the record that a part belongs to. Its table is nil if the part does not
// say in which table that record is.
func (t *Table) OwnerOf(part Record) ParentRef {
	for _, parent := range t.OwnerParents() {
		if parent.IsOf(part) {
			return ParentRef{parent.Table, part[parent.Column].text}
		}
	}
	return ParentRef{nil, part[t.Parents[0].Column].text}
}

// LacksOwner reports whether a record should be part of another one and does not say of
// which table that is.
func (t *Table) LacksOwner(r Record) bool {
	return len(t.Parents) > 0 && t.Parents[0].When != nil && t.OwnerOf(r).Part == nil
}

// OwnerWords joins the names of the tables that a record may be part of with "or".
func (t *Table) OwnerWords() string {
	var names []string
	for _, parent := range t.OwnerParents() {
		names = append(names, parent.Table.Name)
	}
	return strings.Join(names, " or ")
}

// belongsTo returns the id of the record that r is part of: the first of several key
// columns, or its owner.
func (t *Table) belongsTo(r Record) string {
	switch {
	case len(t.Keys) > 1:
		return r[t.Keys[0]].text
	case len(t.Parents) > 0:
		return t.OwnerOf(r).ID
	}
	return ""
}

// ShownParents returns the parents whose names are listed with a record.
func (t *Table) ShownParents() []Parent {
	return slices.DeleteFunc(slices.Clone(t.Parents), func(p Parent) bool { return p.As == "" })
}

// IsSound reports whether r can be imported as far as r alone shows: its values can be
// stored, and it names its parents.
func (t *Table) IsSound(r Record) bool {
	for parent := range t.ParentsOf(r) {
		if r[parent.Column].text == "" {
			return false
		}
	}
	return !t.LacksOwner(r) && t.InvalidValue(r) == ""
}
