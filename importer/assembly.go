package importer

import (
	"encoding/binary"
	"errors"
	"iter"
	"regexp"
	"strings"
	"sync"
)

// Assembly takes what a source reads, in any order, and makes a verified
// snapshot of it: sorted, each record once, parts counted against what their
// parents announced, links resolved. Memory stays bounded whatever the shop's
// size, because all order comes from sorters. Its Intake methods are safe for
// concurrent use.
type Assembly struct {
	mu        sync.Mutex
	newSorter func() Sorter
	found     map[*Table]Sorter
	shown     Sorter // variant -> media item that it shows
	sequence  uint64
	replaced  map[ParentRef]uint64 // what was put before that is forgotten
	gone      map[ParentRef]bool   // parents that the shop no longer has
	remarks   []Remark
	report    Reporter
}

// NewAssembly makes an empty assembly that sorts with newSorter. Close it.
func NewAssembly(newSorter func() Sorter, report Reporter) *Assembly {
	a := &Assembly{
		newSorter: newSorter, found: map[*Table]Sorter{}, shown: newSorter(), report: report,
		replaced: map[ParentRef]uint64{}, gone: map[ParentRef]bool{},
	}
	for _, t := range Tables() {
		a.found[t] = newSorter()
	}
	return a
}

// Close frees what the assembly sorted.
func (a *Assembly) Close() error {
	failed := a.shown.Close()
	for _, sorter := range a.found {
		failed = errors.Join(failed, sorter.Close())
	}
	return failed
}

// Product takes a product.
func (a *Assembly) Product(p Product) error {
	return a.put(Products, p.record(), announced(p.Variants), announced(p.Media))
}

// Variant takes a variant.
func (a *Assembly) Variant(v Variant) error {
	return a.put(Variants, v.record())
}

// VariantMedia takes a link between a variant and a media item.
func (a *Assembly) VariantMedia(l VariantMedia) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sequence++
	return a.shown.Put(l.VariantID, AppendRecord(binary.AppendUvarint(nil, a.sequence), Record{String(l.MediaID)}))
}

// Media takes a media item.
func (a *Assembly) Media(m MediaItem) error {
	return a.put(Media, m.record(), String(m.MIMEType))
}

// Category takes a category.
func (a *Assembly) Category(c Category) error {
	return a.put(Categories, c.record(), announced(c.Members))
}

// Membership takes a membership.
func (a *Assembly) Membership(m Membership) error { return a.put(Memberships, m.record()) }

// Warehouse takes a warehouse.
func (a *Assembly) Warehouse(w Warehouse) error { return a.put(Warehouses, w.record()) }

// Level takes a stock level.
func (a *Assembly) Level(l Level) error { return a.put(Stock, l.record()) }

// Restart forgets all records of t.
func (a *Assembly) Restart(t *Table) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	old := a.found[t].Close()
	a.found[t] = a.newSorter()
	if t == Variants {
		old = errors.Join(old, a.shown.Close())
		a.shown = a.newSorter()
	}
	return old
}

// Replace forgets a parent and the parts that it has so far.
func (a *Assembly) Replace(parent ParentRef) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.replaced[parent] = a.sequence
	a.replaced[ParentRef{parent.Part.Parents[0].Table, parent.ID}] = a.sequence
	return nil
}

// Remark adds a remark about the read itself.
func (a *Assembly) Remark(r Remark) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.remarks = append(a.remarks, r)
}

// Progress passes on how far the reading is.
func (a *Assembly) Progress(t *Table, read, total int) { a.report.Reading(t, read, total) }

// put keeps one record with what else was read about it. The shop's text is kept
// intact but for U+0000, which keys need and databases cut text at.
func (a *Assembly) put(t *Table, r Record, more ...Value) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if withoutNUL(t, r) {
		a.remarks = append(a.remarks, Remark{
			Code: WarnTextReplaced, Severity: Warning, Resource: t.Name, ExternalID: ShowKey(t.Key(r)),
			Message: "a text holds the character U+0000, which was replaced by U+FFFD",
			Hint:    "remove the character in the shop",
		})
	}
	a.sequence++
	payload := binary.AppendUvarint(nil, a.sequence)
	payload = AppendRecord(payload, r)
	return a.found[t].Put(t.Key(r), AppendRecord(payload, more))
}

func withoutNUL(t *Table, r Record) (replaced bool) {
	for i, column := range t.Columns {
		text := strings.ReplaceAll(r[i].text, "\x00", "\uFFFD")
		if column.Type == Set || column.Type == JSON {
			text = escapedNUL.ReplaceAllString(text, "${1}\uFFFD")
		}
		if text != r[i].text {
			r[i].text = text
			replaced = true
		}
	}
	return replaced
}

// escapedNUL finds U+0000 inside JSON; a backslash before it may be escaped
// itself.
var escapedNUL = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\\u0000`)

// found is a record as the source gave it, with what it said beside it.
type found struct {
	record Record
	more   []Value
}

// moreOf is how many values each table's records carry beside their columns.
var moreOf = map[*Table]int{Products: 2, Media: 1, Categories: 1}

// final gives the records of a table in key order: each key once, the last one
// put, without what was forgotten since.
func (a *Assembly) final(t *Table) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		var last found
		var lastKey string
		have := false
		for entry, err := range a.found[t].Sorted() {
			if err != nil {
				yield(found{}, err)
				return
			}
			next, sequence, err := readFound(t, entry.Payload)
			if err != nil {
				yield(found{}, err)
				return
			}
			if a.forgotten(t, next.record, sequence) {
				continue
			}
			if have && entry.Key != lastKey && !yield(last, nil) {
				return
			}
			last, lastKey, have = next, entry.Key, true
		}
		if have {
			yield(last, nil)
		}
	}
}

func readFound(t *Table, payload []byte) (found, uint64, error) {
	sequence, size := binary.Uvarint(payload)
	record, rest, err := CutRecord(string(payload[size:]), len(t.Columns))
	if err != nil {
		return found{}, 0, err
	}
	more, _, err := CutRecord(rest, moreOf[t])
	return found{record, more}, sequence, err
}

// forgotten reports whether a record was put before its parent, or it itself,
// was read anew.
func (a *Assembly) forgotten(t *Table, r Record, sequence uint64) bool {
	if len(a.replaced) == 0 {
		return false
	}
	if t.Kept && sequence <= a.replaced[ParentRef{t, t.Key(r)}] {
		return true
	}
	return len(t.Parents) > 0 && sequence <= a.replaced[ParentRef{t, r[t.Parents[0].Column].text}]
}

// announced is how many parts a record says it has: a number, with "+" behind it
// when it is a lower bound, absent when the shop does not say.
func announced(a *Announced) Value {
	if a == nil {
		return None
	}
	count := Whole(int64(a.Count))
	if !a.Exact {
		count.text += "+"
	}
	return count
}

// fits reports whether n parts are what was announced.
func fits(announced Value, n int64) bool {
	if !announced.present {
		return true
	}
	bound, atLeast := strings.CutSuffix(announced.text, "+")
	want := String(bound).Int()
	return n == want || atLeast && n > want
}
