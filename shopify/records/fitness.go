package records

import (
	"fmt"
	"path"

	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// Fitness is part of all records. It holds what does not fit in a record.
type Fitness struct{ wrong string } // "" when all fits

var _ decode.Record = (*Fitness)(nil)

// NoteUnfit replaces what does not fit. Package decode calls it.
func (f *Fitness) NoteUnfit(wrong string) { f.wrong = wrong }

// Misfit returns what does not fit, "" for nothing.
func (f *Fitness) Misfit() string { return f.wrong }

// checkID reports whether an id is of the expected kind, and notes it if not. An id that is
// missing or not a string was noted when the record was decoded.
func (f *Fitness) checkID(ids, path, id string) bool {
	if gid.HasKind(ids, id) {
		return true
	}
	if id != "" || f.wrong == "" {
		f.AddMisfit(fmt.Sprintf("%s is %s, which is no %s", path, decode.Quoted(fmt.Sprintf("%q", id)), kindOf(ids)))
	}
	return false
}

// checkOwnID is checkID for a record's own id. It reports whether the record has an id at all.
func (f *Fitness) checkOwnID(ids, id string) bool {
	return gid.HasKind(ids, id) || gid.IsValid(id) && !f.checkID(ids, "id", id)
}

// AddMisfit adds something that does not fit.
func (f *Fitness) AddMisfit(wrong string) {
	if f.wrong != "" {
		wrong = f.wrong + ", " + wrong
	}
	f.wrong = wrong
}

func kindOf(ids string) string { return path.Base(ids) }

// lacksID words why a record has no usable id.
func (f *Fitness) lacksID(id string) string {
	if f.wrong != "" {
		return f.wrong
	}
	return "id is " + decode.Quoted(fmt.Sprintf("%q", id))
}
