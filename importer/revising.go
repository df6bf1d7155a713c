package importer

import (
	"errors"
	"hash/maphash"
	"iter"
	"slices"
)

// completing makes a record that was given what stands in the snapshot, and remarks
// on it; it reports whether it is to stand there at all. old is what stood in its
// place, nil when there was none; fresh is nil for one that is gone. beside are its
// neighbours, as far as they are at hand.
type completing func(old, fresh *found, beside []Record) (kept bool, err error)

// revising is one table on its way from the snapshot before to the new one.
type revising struct {
	*assembling
	table    *Table
	complete completing
	seen     *numbers // of the records of the snapshot before: those that were recognised
	stirred  []string // beginnings of keys, in order, whose records are completed anew though they were recognised

	put    found // the next record that was given
	have   bool
	next   func() (found, error, bool)
	number int // records gone by

	old     Record // at hand
	last    Record // the one before it
	hasLast bool   // it stands in the same chunk
	entry   []byte

	touched keySet // all that differs
	edits   []Edit
	revised Chunk
	anew    bool // the chunk at hand is written record by record
}

// smallChunk is how many records a chunk has at least that goes over as one. Those
// that are smaller are joined, because there would be more with each run that finds
// something new.
const smallChunk = 64

// maxTouched bounds what is kept of records that differ.
const maxTouched = 500_000

func (w *assembling) revising(t *Table, complete completing) *revising {
	return &revising{
		assembling: w, table: t, complete: complete, seen: &w.intakes[t].recall.seen,
		touched: newKeySet(), old: make(Record, t.Width()), last: make(Record, t.Width()),
	}
}

func (r *revising) all() error {
	next, stop := iter.Pull2(r.latest(r.table))
	defer stop()
	r.next = next
	if err := r.nextPut(); err != nil {
		return err
	}
	chunks := unpack(r.before, r.table)
	defer chunks.stop()
	for {
		have, err := chunks.advance()
		if err != nil {
			return err
		}
		if !have {
			break
		}
		if err := r.chunk(chunks); err != nil {
			return err
		}
	}
	if err := r.appended(); err != nil {
		return err
	}
	return r.remarks()
}

func (r *revising) nextPut() (err error) {
	r.put, err, r.have = r.next()
	return err
}

// chunk goes on with the chunk at hand.
func (r *revising) chunk(chunks *unpacking) error {
	c, first := chunks.at.chunk, r.number
	r.number += c.Records
	r.hasLast, r.anew = false, c.Records < smallChunk
	if !r.anew && r.seen.all(first, c.Records) && (!r.have || r.table.Key(r.put.record) > c.Last) && (len(r.stirred) == 0 || r.stirred[0] > c.Last) {
		return r.to.Revise(r.table, c, nil, c)
	}
	records, err := chunks.open()
	if err != nil {
		return err
	}
	r.edits, r.revised = nil, c
	at := 0
	for ; records.More(); at++ {
		text, err := records.first()
		if err != nil {
			return err
		}
		if err := records.cut(r.old); err != nil {
			return err
		}
		if err := r.record(at, text, r.seen.has(first+at)); err != nil {
			return err
		}
		r.old, r.last, r.hasLast = r.last, r.old, true
	}
	for r.have && r.table.Key(r.put.record) <= c.Last {
		if err := r.insert(at, r.beside(false)); err != nil {
			return err
		}
	}
	if r.anew || r.revised.Records == 0 {
		return nil
	}
	return r.to.Revise(r.table, c, r.edits, r.revised)
}

// record goes over a record of the snapshot before, and what comes in front of it.
func (r *revising) record(at int, text string, recognised bool) error {
	order := 1
	for r.have {
		if order = r.table.compareKeys(r.put.record, r.old); order >= 0 {
			break
		}
		if err := r.insert(at, r.beside(true)); err != nil {
			return err
		}
	}
	switch {
	case r.have && order == 0:
		return r.replace(at, text)
	case !recognised:
		return r.remove(at)
	case r.isStirred():
		return r.again(at, text)
	case r.anew:
		return r.to.Write(r.table, r.old)
	}
	return nil
}

// isStirred reports whether the record at hand is to be completed anew.
func (r *revising) isStirred() bool {
	begins := r.old[r.table.Keys[0]].text
	for len(r.stirred) > 0 && r.stirred[0] < begins {
		r.stirred = r.stirred[1:]
	}
	return len(r.stirred) > 0 && r.stirred[0] == begins
}

// beside are the neighbours of what comes in front of the record at hand, or behind
// the last one.
func (r *revising) beside(atHand bool) (beside []Record) {
	if r.hasLast {
		beside = append(beside, r.last)
	}
	if atHand {
		beside = append(beside, r.old)
	}
	return beside
}

func (r *revising) insert(at int, beside []Record) error {
	record, kept, err := r.fresh(nil, r.put, beside)
	if err != nil {
		return err
	}
	if !kept {
		return r.nextPut()
	}
	if !r.anew {
		r.edits = append(r.edits, Edit{At: at, Record: record})
	}
	r.revised.Records++
	return r.nextPut()
}

// replace puts what was given in the place of the record at hand.
func (r *revising) replace(at int, text string) error {
	return errors.Join(r.instead(at, text, r.put), r.nextPut())
}

// again completes the record at hand anew.
func (r *revising) again(at int, text string) error {
	return r.instead(at, text, r.table.found(slices.Clone(r.old), 0))
}

func (r *revising) instead(at int, text string, fresh found) error {
	old := r.table.found(r.old, 0)
	record, kept, err := r.fresh(&old, fresh, nil)
	switch {
	case err != nil:
		return err
	case !kept:
		r.takeOut(at)
		return nil
	case !r.anew && record != text:
		r.edits = append(r.edits, Edit{At: at, Replaces: true, Record: record})
	}
	r.revised.InStock -= r.table.InStock(r.old)
	return nil
}

func (r *revising) remove(at int) error {
	old := r.table.found(r.old, 0)
	_, err := r.complete(&old, nil, nil)
	if err := errors.Join(r.touch(old), err); err != nil {
		return err
	}
	r.takeOut(at)
	return nil
}

// takeOut takes the record at hand out of its chunk.
func (r *revising) takeOut(at int) {
	r.edits = append(r.edits, Edit{At: at, Replaces: true})
	r.revised.Records--
	r.revised.InStock -= r.table.InStock(r.old)
}

// fresh completes a record and counts it, if it is kept.
func (r *revising) fresh(old *found, one found, beside []Record) (record string, kept bool, err error) {
	kept, err = r.complete(old, &one, beside)
	if err := errors.Join(r.touch(one), err); err != nil || !kept {
		return "", false, err
	}
	r.revised.InStock += r.table.InStock(one.record)
	r.revised.Sound = r.revised.Sound && r.table.Sound(one.record)
	if r.anew {
		return "", true, r.to.Write(r.table, one.whole)
	}
	r.entry = AppendRecord(r.entry[:0], one.whole)
	return string(r.entry), true, nil
}

// appended writes what was given behind the last record.
func (r *revising) appended() error {
	for ; r.have; r.hasLast = false {
		kept, err := r.complete(nil, &r.put, r.beside(false))
		if err := errors.Join(r.touch(r.put), err); err != nil {
			return err
		}
		if kept {
			err = r.to.Write(r.table, r.put.whole)
		}
		if err := errors.Join(err, r.nextPut()); err != nil {
			return err
		}
	}
	return nil
}

func (r *revising) touch(f found) error {
	if len(r.touched.hashes) == maxTouched {
		return errAnew
	}
	r.touched.add(ShowKey(r.table.Key(f.record)))
	return nil
}

// remarks goes on with the remarks of before that are still true: of records that
// differ, those which follow from more than the record itself.
func (r *revising) remarks() error {
	if err := r.replacedTexts(r.table); err != nil {
		return err
	}
	for remark, err := range r.before.RemarksOn(r.table) {
		if err != nil {
			return err
		}
		if r.touched.has(remark.ExternalID) && remark.Code != WarnSKUDuplicate || remark.Code == WarnItemWithoutVariant {
			continue // what is left out was given again, and told
		}
		if err := r.to.Remark(r.table, remark); err != nil {
			return err
		}
	}
	return nil
}

// keySet is a set of keys that remembers only hashes of them.
type keySet struct {
	seed   maphash.Seed
	hashes map[uint64]struct{}
}

func newKeySet() keySet { return keySet{maphash.MakeSeed(), map[uint64]struct{}{}} }

func (s keySet) add(key string) { s.hashes[maphash.String(s.seed, key)] = struct{}{} }

func (s keySet) has(key string) bool {
	_, has := s.hashes[maphash.String(s.seed, key)]
	return has
}
