package staging

import (
	"iter"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// sortedEntries is a sorter that was given its entries in order.
type sortedEntries []importer.Entry

func (s sortedEntries) PutEntry([]byte, []byte) error { return nil }
func (s sortedEntries) Close() error                  { return nil }

func (s sortedEntries) SortedEntries() iter.Seq2[importer.Entry, error] {
	return func(yield func(importer.Entry, error) bool) {
		for _, entry := range s {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// Of the variants that share an item the first has the level, but one that cannot be
// imported has it only where no other is.
func TestLevelsAreLinkedToTheFirstVariantThatCanBeImported(t *testing.T) {
	var sorted sortedEntries
	for _, v := range []struct {
		item, variant string
		sound         bool
	}{{"a", "1", true}, {"a", "2", true}, {"c", "3", false}, {"c", "4", true}, {"c", "5", true}, {"d", "6", false}, {"d", "7", false}, {"f", "8", true}} {
		sorted = append(sorted, importer.Entry{Key: []byte(v.item), Payload: importer.AppendRecord(nil, importer.Record{importer.String(v.variant), importer.Flag(true), importer.None, importer.Flag(v.sound)})})
	}
	variants := newLookup(sorted)
	defer variants.stop()
	for _, want := range [][2]string{{"a", "1"}, {"a", "1"}, {"b", ""}, {"c", "4"}, {"c", "4"}, {"d", "6"}, {"e", ""}, {"e", ""}, {"f", "8"}, {"g", ""}} {
		got, err := variants.findVariant(want[0])
		id := ""
		if got != nil {
			id = got[0].Text()
		}
		if err != nil || id != want[1] {
			t.Errorf("the item %s belongs to %q, %v; want %q", want[0], id, err, want[1])
		}
	}
}
