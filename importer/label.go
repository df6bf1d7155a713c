package importer

import "slices"

// Personal columns are shown where their record itself is listed or exported. Remarks, errors
// and lists of changes use the functions of this file, which leave personal columns out.

// PublicLabel is the Label of t without its personal columns.
func (t *Table) PublicLabel() Label {
	n := t.Label
	if t.Columns[n.Title].Personal {
		n.Title, n.Within = 0, false
	}
	if t.Columns[n.Code].Personal {
		n.Code = 0
	}
	n.Called = slices.DeleteFunc(slices.Clone(n.Called), func(column int) bool { return t.Columns[column].Personal })
	return n
}

// PublicTitle returns the title of a kept record, or its key if the title is personal.
func (t *Table) PublicTitle(r Record) string {
	if title := t.PublicLabel().Title; title > 0 {
		return r[title].text
	}
	return ShowKey(t.Key(r))
}

// NameOf returns what people call a record: its code or title, "" if it has neither or they
// are personal.
func (t *Table) NameOf(record Record) string {
	known := t.PublicLabel()
	for _, column := range []int{known.Code, known.Title} {
		if column > 0 && record != nil && record[column].text != "" && (column != t.Reason || !t.IsUnfit(record)) {
			return record[column].text
		}
	}
	return ""
}
