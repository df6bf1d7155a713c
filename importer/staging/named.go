package staging

import (
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// names are the records of a small table that records of another one name. Those of
// large tables are counted; see roll.
type names struct {
	parent importer.Parent // by which they are named
	all    []importer.Named
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

// note notes what a record names. Nothing of the record is kept.
func (n *names) note(id string, key func() string) {
	if n.next >= len(n.all) {
		n.next = 0
	}
	if len(n.all) == 0 || n.all[n.next].ID != id {
		place, known := n.places[id]
		if !known {
			place = len(n.all)
			n.all = append(n.all, importer.Named{ID: strings.Clone(id), By: strings.Clone(key())})
			n.places[n.all[place].ID] = place
		}
		n.next = place
	}
	n.next++
}

// Lacking lists the records of a small table that were named and not given, in the
// order of their ids. What was forgotten with all that names it is not among them.
func (a *Assembly) Lacking(t *importer.Table) (lacking []importer.Named) {
	given := a.intakes[t].ids()
	a.mu.Lock()
	for ref := range a.replaced {
		given[ref.ID] = given[ref.ID] || ref.Part == t
	}
	a.mu.Unlock()
	named := map[string]string{}
	for _, in := range a.intakes {
		for _, one := range in.named(t) {
			named[one.ID] = one.By
		}
	}
	for _, id := range slices.Sorted(maps.Keys(named)) {
		if !given[id] {
			lacking = append(lacking, importer.Named{ID: id, By: named[id]})
		}
	}
	return lacking
}

// lacking lists for the snapshot what was named and not given, by table.
func (a *Assembly) lacking() map[string][]string {
	lacking := maps.Clone(a.unshown)
	if lacking == nil {
		lacking = map[string][]string{}
	}
	for _, t := range given() {
		if !t.Few {
			continue
		}
		for _, named := range a.Lacking(t) {
			lacking[t.Name] = append(lacking[t.Name], named.ID)
		}
	}
	return lacking
}
