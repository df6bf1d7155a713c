package staging

import (
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// names are the records of a small table that records of another one name. Those of
// large tables are counted; see roll.
type names struct {
	parent importer.Parent // by which they are named
	all    []importer.NamedRecord
	places map[string]int // in all
	next   int            // where the next one mostly is: parts name them by turns
}

// namesIn are what records of t name of each small table.
func namesIn(t *importer.Table) (all []*names) {
	for _, parent := range t.Parents {
		if parent.Table.Few {
			all = append(all, &names{parent: parent, places: map[string]int{}})
		}
	}
	return all
}

// noteName notes what a record names. Nothing of the record is kept.
func (n *names) noteName(id string, key func() string) {
	if n.next >= len(n.all) {
		n.next = 0
	}
	if len(n.all) == 0 || n.all[n.next].ID != id {
		place, known := n.places[id]
		if !known {
			place = len(n.all)
			n.all = append(n.all, importer.NamedRecord{ID: strings.Clone(id), By: strings.Clone(key())})
			n.places[n.all[place].ID] = place
		}
		n.next = place
	}
	n.next++
}
