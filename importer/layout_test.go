package importer

import (
	"slices"
	"testing"
)

// Records are read by the names under which they were stored, whatever the order was.
func TestRecordsAreReadByTheNamesOfTheirColumns(t *testing.T) {
	table := &Table{Name: "tins", Keys: []int{0}, Columns: []Column{{Name: "id"}, {Name: "title"}, {Name: "weight", Type: Number}}}
	id, title, weight, more := String("1"), String("Green"), String("80"), String("x")
	for name, c := range map[string]struct {
		names  []string
		stored Record
		want   Record
		places []int
	}{
		"as it is now":      {[]string{"id", "title", "weight"}, Record{id, title, weight}, Record{id, title, weight}, []int{0, 1, 2, -1}},
		"more behind":       {[]string{"id", "title", "weight", ""}, Record{id, title, weight, more}, Record{id, title, weight}, []int{0, 1, 2, -1}},
		"before a column":   {[]string{"id", "title"}, Record{id, title}, Record{id, title, Unheld}, []int{0, 1, -1}},
		"another order":     {[]string{"weight", "id", "title"}, Record{weight, id, title}, Record{id, title, weight}, []int{2, 0, 1}},
		"of a column since": {[]string{"id", "colour", "title", "weight"}, Record{id, more, title, weight}, Record{id, title, weight}, []int{0, -1, 1, 2}},
	} {
		layout := LayoutOf(table, c.names)
		text := string(AppendRecord(AppendRecord(nil, c.stored), c.stored))
		packed, n := PackedRecordsOf(text, layout), 0
		for ; packed.HasNext(); n++ {
			if record, err := packed.NextRecord(); err != nil || !slices.Equal(record, c.want) {
				t.Errorf("%s: %v, %v, want %v", name, record, err, c.want)
				break
			}
		}
		if n != 2 {
			t.Errorf("%s: %d records", name, n)
		}
		for stored, want := range c.places {
			if got := layout.ColumnOf(stored); got != want {
				t.Errorf("%s: the value %d is column %d, want %d", name, stored, got, want)
			}
		}
		now := PackedRecordsOf(string(AppendRecord(nil, c.want)), LayoutOf(table, table.ColumnNames()))
		if again, rest, err := LayoutOf(table, table.ColumnNames()).CutRecord(now.text); err != nil || rest != "" || !slices.Equal(again, c.want) {
			t.Errorf("%s: stored once more it is %v and %q, %v", name, again, rest, err)
		}
		same := PackedRecordsOf(text, layout)
		if n, err := PassSame(&same, &now); err != nil || n > 0 && name != "as it is now" {
			t.Errorf("%s: %d records are alike byte by byte, %v", name, n, err)
		}
	}
}
