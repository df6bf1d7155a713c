package shopify

import (
	"fmt"
	"path"
)

// fitness is part of the nodes of all records.
type fitness struct{ wrong string } // what does not fit, "" for nothing

// unfit notes what does not fit, as it was found when the record was decoded.
func (f *fitness) unfit(wrong string) { f.wrong = wrong }

// misfit is what does not fit, "" for nothing.
func (f *fitness) misfit() string { return f.wrong }

// names notes in a record that an id is none of the kind that it should be. One that is
// none at all was noted when it was decoded, unless it is empty.
func (f *fitness) names(ids, path, id string) bool {
	if fits(ids, id) {
		return true
	}
	if id != "" || f.wrong == "" {
		f.also(fmt.Sprintf("%s is %s, which is no %s", path, quoted(fmt.Sprintf("%q", id)), kindOf(ids)))
	}
	return false
}

// ownID is names for a record's own id. It reports whether there is one.
func (f *fitness) ownID(ids, id string) bool {
	return fits(ids, id) || isID(id) && !f.names(ids, "id", id)
}

func (f *fitness) also(wrong string) {
	if f.wrong != "" {
		wrong = f.wrong + ", " + wrong
	}
	f.wrong = wrong
}

func kindOf(ids string) string { return path.Base(ids) }

// lacksID words that a record has no id.
func (f *fitness) lacksID(id string) string {
	if f.wrong != "" {
		return f.wrong
	}
	return "id is " + quoted(fmt.Sprintf("%q", id))
}
