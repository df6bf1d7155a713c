package importer

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Assembly takes what a source reads, in any order, and makes a verified
// snapshot of it: sorted, each record once, parts counted against what their
// parents announced, links resolved. Memory stays bounded whatever the shop's
// size, because all order comes from sorters. Its Intake methods are safe for
// concurrent use.
type Assembly struct {
	newSorter func() Sorter
	report    Reporter
	intakes   map[*Table]*intake
	sequence  atomic.Uint64

	mu       sync.Mutex
	replaced map[ParentRef]uint64 // what was put before that is forgotten
	gone     map[ParentRef]bool   // parents that the shop no longer has
	remarks  []Remark             // about the reading itself
}

// variantMedia are the links between variants and the media that they show. They
// are no table of the catalogue; media carry them.
var variantMedia = &Table{
	Name: "variant media", Keys: []int{0, 1},
	Columns: []Column{{"variant_external_id", Text}, {"external_id", Text}},
}

// given are the tables that a source gives.
func given() []*Table { return append(Tables(), variantMedia) }

// NewAssembly makes an empty assembly that sorts with newSorter. What is given is
// digested so that it can be compared with what before was made of; before may
// be nil. Close it.
func NewAssembly(newSorter func() Sorter, before Snapshot, report Reporter) *Assembly {
	a := &Assembly{
		newSorter: newSorter, report: report, intakes: map[*Table]*intake{},
		replaced: map[ParentRef]uint64{}, gone: map[ParentRef]bool{},
	}
	secret := digestKey(before)
	for _, t := range given() {
		a.intakes[t] = &intake{table: t, sorter: newSorter(), digest: digest{key: secret}}
	}
	return a
}

func digestKey(before Snapshot) []byte {
	if before != nil && len(before.Info().Given.Key) == digestKeySize {
		return before.Info().Given.Key
	}
	key := make([]byte, digestKeySize)
	_, _ = rand.Read(key) // never fails
	return key
}

// Close frees what the assembly sorted.
func (a *Assembly) Close() error {
	var failed error
	for _, in := range a.intakes {
		failed = errors.Join(failed, in.sorter.Close())
	}
	return failed
}

// Product takes a product.
func (a *Assembly) Product(p Product) error {
	return a.put(Products, func(r Record) Record { return append(p.appendTo(r), announced(p.Variants), announced(p.Media)) })
}

// Variant takes a variant.
func (a *Assembly) Variant(v Variant) error { return a.put(Variants, v.appendTo) }

// VariantMedia takes a link between a variant and a media item.
func (a *Assembly) VariantMedia(l VariantMedia) error {
	return a.put(variantMedia, func(r Record) Record { return append(r, String(l.VariantID), String(l.MediaID)) })
}

// Media takes a media item.
func (a *Assembly) Media(m MediaItem) error {
	return a.put(Media, func(r Record) Record { return append(m.appendTo(r), String(m.MIMEType), Whole(m.Order)) })
}

// Category takes a category.
func (a *Assembly) Category(c Category) error {
	return a.put(Categories, func(r Record) Record { return append(c.appendTo(r), announced(c.Members)) })
}

// Membership takes a membership.
func (a *Assembly) Membership(m Membership) error { return a.put(Memberships, m.appendTo) }

// Warehouse takes a warehouse.
func (a *Assembly) Warehouse(w Warehouse) error { return a.put(Warehouses, w.appendTo) }

// Level takes a stock level.
func (a *Assembly) Level(l Level) error { return a.put(Stock, l.appendTo) }

// Restart forgets all records of t.
func (a *Assembly) Restart(t *Table) error {
	failed := a.intakes[t].restart(a.newSorter())
	if t == Variants {
		failed = errors.Join(failed, a.intakes[variantMedia].restart(a.newSorter()))
	}
	return failed
}

// Replace forgets a parent and the parts that it has so far.
func (a *Assembly) Replace(parent ParentRef) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.sequence.Load()
	a.replaced[parent] = now
	a.replaced[ParentRef{parent.Part.Parents[0].Table, parent.ID}] = now
	return nil
}

// Remark adds a remark about the read itself.
func (a *Assembly) Remark(r Remark) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.remarks) < RemarksKept {
		a.remarks = append(a.remarks, r)
	}
}

// Progress passes on how far the reading is.
func (a *Assembly) Progress(t *Table, phase Phase, read, total int) {
	a.report.Reading(t, phase, read, total)
}

// put takes a record of t, and what else was said about it behind its columns.
func (a *Assembly) put(t *Table, fill func(Record) Record) error {
	in := a.intakes[t]
	in.mu.Lock()
	defer in.mu.Unlock()
	in.record = fill(in.record[:0])
	return in.put(a.sequence.Add(1))
}

// intake is what was given of one table. Only the sequence tells which of two
// records with one key is the later.
type intake struct {
	table *Table

	mu      sync.Mutex
	sorter  Sorter
	digest  digest
	doubled bool   // a key came twice with different content
	record  Record // at hand, like entry used again and again
	entry   []byte
	remarks []Remark
}

// put keeps the record at hand. The shop's text is kept intact but for U+0000,
// which keys need and databases cut text at.
func (in *intake) put(sequence uint64) error {
	if withoutNUL(in.table, in.record) && len(in.remarks) < RemarksKept {
		in.remarks = append(in.remarks, Remark{
			Code: WarnTextReplaced, Severity: Warning, Resource: in.table.Name, ExternalID: ShowKey(in.table.Key(in.record)),
			Message: "a text holds the character U+0000, which was replaced by U+FFFD",
			Hint:    "remove the character in the shop",
		})
	}
	in.entry = in.table.AppendKey(in.entry[:0], in.record)
	key := len(in.entry)
	in.entry = in.table.appendBesideKey(in.entry, in.record)
	in.digest.add(in.entry)
	in.entry = binary.BigEndian.AppendUint64(in.entry, sequence)
	return in.sorter.Put(in.entry[:key], in.entry[key:])
}

// An entry ends with the sequence.
const sequenceSize = 8

func sequenceOf(payload []byte) uint64 {
	return binary.BigEndian.Uint64(payload[len(payload)-sequenceSize:])
}

func said(payload []byte) []byte { return payload[:len(payload)-sequenceSize] }

func (in *intake) restart(fresh Sorter) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	old := in.sorter
	in.sorter, in.remarks = fresh, nil
	in.digest.reset()
	return old.Close()
}

func withoutNUL(t *Table, r Record) (replaced bool) {
	for i, column := range t.Columns {
		text := r[i].text
		if strings.IndexByte(text, 0) >= 0 {
			text = strings.ReplaceAll(text, "\x00", "\uFFFD")
		}
		if (column.Type == Set || column.Type == JSON) && strings.Contains(text, `\u0000`) {
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

// found is a record as the source gave it, with what it said beside it. The two
// are only valid until the next one, their values for ever.
type found struct {
	record   Record
	more     []Value
	sequence uint64
}

// clone is found to be kept.
func (f found) clone() found {
	f.record, f.more = slices.Clone(f.record), slices.Clone(f.more)
	return f
}

// moreOf is how many values each table's records carry beside their columns.
var moreOf = map[*Table]int{Products: 2, Media: 2, Categories: 1}

// final gives the records of a table in key order: each key once, the last one
// put, without what was forgotten since.
func (a *Assembly) final(t *Table) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		one := finding{table: t, values: make(Record, len(t.Columns)+moreOf[t])}
		have := false
		give := func() bool {
			f, err := one.found()
			if err == nil && a.forgotten(t, f) {
				return true
			}
			return yield(f, err) && err == nil
		}
		for entry, err := range a.intakes[t].sorter.Sorted() {
			if err != nil {
				yield(found{}, err)
				return
			}
			same := have && bytes.Equal(entry.Key, one.key)
			if same && !bytes.Equal(said(entry.Payload), said(one.payload)) {
				a.intakes[t].doubled = true
			}
			if same && sequenceOf(entry.Payload) < sequenceOf(one.payload) {
				continue
			}
			if have && !same && !give() {
				return
			}
			one.key, one.payload, have = append(one.key[:0], entry.Key...), append(one.payload[:0], entry.Payload...), true
		}
		if have {
			give()
		}
	}
}

// finding is the entry that waits until another key follows.
type finding struct {
	table        *Table
	key, payload []byte
	values       Record
}

func (f *finding) found() (found, error) {
	if err := f.table.cutBesideKey(f.values, string(f.key), string(said(f.payload))); err != nil {
		return found{}, err
	}
	n := len(f.table.Columns)
	return found{f.values[:n:n], f.values[n:], sequenceOf(f.payload)}, nil
}

// forgotten reports whether a record was put before its parent, or it itself,
// was read anew.
func (a *Assembly) forgotten(t *Table, f found) bool {
	if len(a.replaced) == 0 {
		return false
	}
	if t.Kept && f.sequence <= a.replaced[ParentRef{t, t.Key(f.record)}] {
		return true
	}
	return len(t.Parents) > 0 && f.sequence <= a.replaced[ParentRef{t, f.record[t.Parents[0].Column].text}]
}
