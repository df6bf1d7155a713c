package staging

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// rereads knows which records were read again, and with what result.
type rereads struct {
	mu       sync.Mutex
	replaced map[importer.ParentRef]uint64 // what came up to this sequence is forgotten
	lapsed   map[string]bool               // inventory items of variants that the shop no longer has

	gone   map[importer.ParentRef]bool // parents that the shop no longer has
	reread map[importer.ParentRef]bool // parents that were read again because they did not add up
	// explained are parents that were read again only because an unfit part did not say
	// that it is theirs. The shop did not change.
	explained map[importer.ParentRef]bool
	stays     map[importer.ParentRef]partCount // parents that do not add up even then
}

func newRereads() *rereads {
	return &rereads{
		replaced: map[importer.ParentRef]uint64{}, lapsed: map[string]bool{}, gone: map[importer.ParentRef]bool{},
		reread: map[importer.ParentRef]bool{}, explained: map[importer.ParentRef]bool{}, stays: map[importer.ParentRef]partCount{},
	}
}

// noteReplaced notes that a parent and its parts are read again: what came of them up to
// sequence now is forgotten.
func (r *rereads) noteReplaced(parent importer.ParentRef, now uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replaced[parent] = now
	r.replaced[importer.ParentRef{Part: parent.Part.Parents[0].Table, ID: parent.ID}] = now
}

// replacedIn returns the ids of the records of a table that were read again.
func (r *rereads) replacedIn(t *importer.Table) (ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ref := range r.replaced {
		if ref.Part == t {
			ids = append(ids, ref.ID)
		}
	}
	return ids
}

// passOver reports whether a record is forgotten.
func (r *rereads) passOver(t *importer.Table, f arrival) bool {
	if !r.isForgotten(t, f) {
		return false
	}
	if t == importer.Variants {
		r.noteLapsed(f.record)
	}
	return true
}

// noteLapsed notes the inventory item of a variant that the shop no longer has, or has in
// another form.
func (r *rereads) noteLapsed(variant importer.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lapsed[variant[importer.VariantItem].Text()] = true
}

// isForgotten reports whether a record came before it, or its parent, was read again.
func (r *rereads) isForgotten(t *importer.Table, f arrival) bool {
	if len(r.replaced) == 0 {
		return false
	}
	if t.Kept && r.putBefore(importer.ParentRef{Part: t, ID: t.Key(f.record)}, f.sequence) {
		return true
	}
	return len(t.Parents) > 0 && r.putBefore(importer.ParentRef{Part: t, ID: f.record[t.Parents[0].Column].Text()}, f.sequence)
}

// putBefore reports whether a sequence is from before a parent was read again.
func (r *rereads) putBefore(parent importer.ParentRef, sequence uint64) bool {
	anew, replaced := r.replaced[parent]
	return replaced && sequence <= anew
}

// settleOff reads the parents in off again. What does not add up even then is taken as it
// is, and parts without a parent are left out. again says that the snapshot must be written
// again.
func (r *rereads) settleOff(ctx context.Context, source importer.Source, to importer.Intake, off []mismatch) (again bool, err error) {
	var fresh []mismatch
	for _, parent := range off {
		switch {
		case !r.reread[parent.ParentRef]:
			fresh = append(fresh, parent)
		case parent.orphans:
			r.gone[importer.ParentRef{Part: parent.Part.Parents[0].Table, ID: parent.ID}] = true
			again = true
		default:
			r.stays[parent.ParentRef] = parent.count
		}
	}
	if len(r.reread)+len(fresh) > maxRereads {
		return false, incompleteRead(fmt.Sprintf("more than %d records do not have the parts that the shop announced", maxRereads))
	}
	for _, parent := range fresh {
		if err := source.RereadParent(ctx, parent.ParentRef, to); err != nil {
			return false, err
		}
		r.reread[parent.ParentRef] = true
	}
	return again || len(fresh) > 0, nil
}

// incompleteRecords returns the records that still lack parts, in order.
func (r *rereads) incompleteRecords() (list []importer.IncompleteRecord) {
	for _, ref := range slices.SortedFunc(maps.Keys(r.stays), importer.ParentRef.Compare) {
		if count := r.stays[ref]; count.lacksParts() {
			list = append(list, importer.IncompleteRecord{Table: ref.Part.Name, ID: ref.ID, Found: int(count.found),
				Announced: int(count.announced)})
		}
	}
	return list
}

func incompleteRead(message string) error {
	return &connector.Fault{Code: connector.IncompleteRead, Message: "the shop was not read completely: " + message,
		Next: connector.Advice("try again; nothing was changed")}
}

// wentAlong reports whether a record is part of one that the shop no longer has.
func (r *rereads) wentAlong(t *importer.Table, record importer.Record) bool {
	if len(r.gone) == 0 {
		return false
	}
	for parent := range t.ParentsOf(record) {
		if r.gone[importer.ParentRef{Part: parent.Table, ID: record[parent.Column].Text()}] {
			return true
		}
	}
	return false
}

// mismatch is a parent whose parts do not add up. With orphans the parent itself was not
// given.
type mismatch struct {
	importer.ParentRef
	orphans bool
	count   partCount
}
