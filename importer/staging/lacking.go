package staging

import (
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// LackingRecords returns the records of a small table to which others refer and that were
// not given, in id order. Records that were replaced are not among them.
func (a *Assembly) LackingRecords(t *importer.Table) (lacking []importer.NamedRecord) {
	given := a.intakes.of[t].givenIDs()
	for _, id := range a.rereads.replacedIn(t) {
		given[id] = true
	}
	named := map[string]string{}
	for _, in := range a.intakes.of {
		for _, one := range in.namedOf(t) {
			named[one.ID] = one.By
		}
	}
	for _, id := range slices.Sorted(maps.Keys(named)) {
		if !given[id] {
			lacking = append(lacking, importer.NamedRecord{ID: id, By: named[id]})
		}
	}
	return lacking
}

// allLacking returns by table the ids to which records refer and that were not given.
func (a *Assembly) allLacking() map[string][]string {
	lacking := maps.Clone(a.unshown)
	if lacking == nil {
		lacking = map[string][]string{}
	}
	for _, t := range givenTables() {
		if !t.Few {
			continue
		}
		for _, named := range a.LackingRecords(t) {
			lacking[t.Name] = append(lacking[t.Name], named.ID)
		}
	}
	return lacking
}
