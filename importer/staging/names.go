package staging

import (
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// names collects to which records of a small table another table refers. References to
// large tables are counted instead; see roll.
type names struct {
	parent importer.Parent // the reference
	all    []importer.NamedRecord
	places map[string]int // indexes in all, by id
	next   int            // index in all that probably comes next: parts refer to them by turns
}

// namesIn returns the references of t to small tables.
func namesIn(t *importer.Table) (all []*names) {
	for _, parent := range t.Parents {
		if parent.Table.Few {
			all = append(all, &names{parent: parent, places: map[string]int{}})
		}
	}
	return all
}

// noteName notes a reference to id. It keeps no memory of the record.
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
