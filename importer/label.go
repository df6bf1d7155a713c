package importer

import "slices"

// What tells of a person is listed and exported with its record. All else that speaks of
// records goes by what stands here.

// PublicLabel is what people call the records of t by wherever others may read it: none of its
// columns is personal.
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

// PublicTitle is the title of a kept record, or its key where nobody is to read the title.
func (t *Table) PublicTitle(r Record) string {
	if title := t.PublicLabel().Title; title > 0 {
		return r[title].text
	}
	return ShowKey(t.Key(r))
}

// NameOf is what people call a record, "" when it has no name that all may read.
func (t *Table) NameOf(record Record) string {
	known := t.PublicLabel()
	for _, column := range []int{known.Code, known.Title} {
		if column > 0 && record != nil && record[column].text != "" && (column != t.Reason || !t.IsUnfit(record)) {
			return record[column].text
		}
	}
	return ""
}
