package records

import (
	"fmt"
	"path"

	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// Fitness is part of all records. It keeps what of a record does not fit.
type Fitness struct{ wrong string } // what does not fit, "" for nothing

var _ decode.Record = (*Fitness)(nil)

// NoteUnfit notes what does not fit, as it was found when the record was decoded.
func (f *Fitness) NoteUnfit(wrong string) { f.wrong = wrong }

// Misfit is what does not fit, "" for nothing.
func (f *Fitness) Misfit() string { return f.wrong }

// checkID notes in a record that an id is none of the kind that it should be. One that is
// none at all was noted when it was decoded, unless it is empty.
func (f *Fitness) checkID(ids, path, id string) bool {
	if gid.HasKind(ids, id) {
		return true
	}
	if id != "" || f.wrong == "" {
		f.AddMisfit(fmt.Sprintf("%s is %s, which is no %s", path, decode.Quoted(fmt.Sprintf("%q", id)), kindOf(ids)))
	}
	return false
}

// checkOwnID is checkID for a record's own id. It reports whether there is one.
func (f *Fitness) checkOwnID(ids, id string) bool {
	return gid.HasKind(ids, id) || gid.IsValid(id) && !f.checkID(ids, "id", id)
}

// AddMisfit notes one more thing that does not fit.
func (f *Fitness) AddMisfit(wrong string) {
	if f.wrong != "" {
		wrong = f.wrong + ", " + wrong
	}
	f.wrong = wrong
}

func kindOf(ids string) string { return path.Base(ids) }

// lacksID words that a record has no id.
func (f *Fitness) lacksID(id string) string {
	if f.wrong != "" {
		return f.wrong
	}
	return "id is " + decode.Quoted(fmt.Sprintf("%q", id))
}
