package staging

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// A record may refer to another one that the shop does not show. Records that announce parts
// are read again then, and the ids of small tables are remembered. All others are looked up
// here, after everything was given.

// findUnshown lists by table the ids to which records refer and that were not given.
func (w *pass) findUnshown() error {
	w.unshown = map[string][]string{}
	for _, t := range importer.Tables() {
		if t.Completed || !w.isAsked(t) || w.intakes.mostOf(t) == 0 {
			continue
		}
		for _, parent := range t.Parents {
			if !w.isAsked(parent.Table) || parent.Table.Few || len(w.census.roll.kinds[parent.Table]) > 0 {
				continue
			}
			if err := w.findUnshownOf(t, parent); err != nil {
				return err
			}
		}
	}
	return nil
}

// findUnshownOf lists those to which records of t refer as one parent.
func (w *pass) findUnshownOf(t *importer.Table, parent importer.Parent) error {
	shown := walk.NewKeySet()
	for one, err := range w.intakes.finalRecords(parent.Table) {
		if err != nil {
			return err
		}
		if !w.rereads.wentAlong(parent.Table, one.record) {
			shown.AddKey(parent.Table.Key(one.record))
		}
	}
	found := w.unshown[parent.Table.Name]
	for one, err := range w.intakes.finalRecords(t) {
		if err != nil {
			return err
		}
		for id := range t.ParentIDs(parent, one.record) {
			if !shown.HasKey(id) {
				found = append(found, strings.Clone(id))
			}
		}
		if len(found) > importer.RemarksKept {
			return incompleteRead(fmt.Sprintf("%s name more than %s %s that it does not show", t.Name,
				importer.Thousands(importer.RemarksKept), parent.Table.Name))
		}
	}
	if len(found) > 0 {
		slices.Sort(found)
		w.unshown[parent.Table.Name] = slices.Compact(found)
	}
	return nil
}
