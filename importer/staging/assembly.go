package staging

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Assembly takes what a source reads, in any order, and makes a verified
// snapshot of it: sorted, each record once, parts counted against what their
// parents announced, links resolved. Memory stays bounded whatever the shop's
// size, because all order comes from sorters. Its Intake methods are safe for
// concurrent use.
type Assembly struct {
	newSorter func() importer.Sorter
	report    importer.Reporter
	before    importer.Snapshot // that the shop may have given again; may be nil
	intakes   map[*importer.Table]*intake
	sequence  atomic.Uint64

	mu       sync.Mutex
	replaced map[importer.ParentRef]uint64 // what was put before that is forgotten
	gone     map[importer.ParentRef]bool   // parents that the shop no longer has
	reread   map[importer.ParentRef]bool   // parents that were read again because they did not add up
	// explained are those that were read again though nothing changed: a part that does
	// not fit was not known to be theirs.
	explained map[importer.ParentRef]bool
	stays     map[importer.ParentRef]partCount // of these, those that do not add up even then
	unshown   map[string][]string              // records that others name and the shop does not show, by table
	lapsed    map[string]bool                  // inventory items of variants that it no longer has
	nameless  []importer.Nameless              // in the order in which they came
	remarks   []importer.Remark                // about the reading itself
}

// given are the tables that a source gives.
func given() (tables []*importer.Table) {
	for _, t := range importer.Tables() {
		tables = append(tables, t)
		if t.Links != nil {
			tables = append(tables, t.Links)
		}
	}
	return tables
}

// NewAssembly makes an empty assembly that sorts with newSorter. A source may find that
// the shop gives what before was made of; before may be nil. Close it.
func NewAssembly(newSorter func() importer.Sorter, before importer.Snapshot, report importer.Reporter) *Assembly {
	a := &Assembly{
		newSorter: newSorter, report: report, before: before, intakes: map[*importer.Table]*intake{},
		replaced: map[importer.ParentRef]uint64{}, gone: map[importer.ParentRef]bool{}, lapsed: map[string]bool{}, reread: map[importer.ParentRef]bool{}, explained: map[importer.ParentRef]bool{}, stays: map[importer.ParentRef]partCount{},
	}
	for _, t := range given() {
		a.intakes[t] = newIntake(t, newSorter())
	}
	return a
}

// Close frees what the assembly sorted.
func (a *Assembly) Close() error {
	var failed error
	for _, in := range a.intakes {
		failed = errors.Join(failed, in.close())
	}
	return failed
}

// Product takes a product.
func (a *Assembly) Product(p importer.Product) error {
	return a.put(importer.Products, func(r importer.Record) importer.Record {
		return append(p.AppendTo(r), announced(p.Variants), announced(p.Media))
	})
}

// Variant takes a variant.
func (a *Assembly) Variant(v importer.Variant) error {
	return a.put(importer.Variants, func(r importer.Record) importer.Record { return v.AppendTo(r) })
}

// VariantMedia takes a link between a variant and a media item.
func (a *Assembly) VariantMedia(l importer.VariantMedia) error {
	return a.put(importer.MediaLinks, func(r importer.Record) importer.Record {
		return append(r, importer.String(l.VariantID), importer.String(l.MediaID))
	})
}

// Media takes a media item.
func (a *Assembly) Media(m importer.MediaItem) error {
	return a.put(importer.Media, func(r importer.Record) importer.Record {
		return append(m.AppendTo(r), importer.String(m.MIMEType), importer.Whole(m.Order))
	})
}

// Category takes a category.
func (a *Assembly) Category(c importer.Category) error {
	return a.put(importer.Categories, func(r importer.Record) importer.Record { return append(c.AppendTo(r), announced(c.Members)) })
}

// Membership takes a membership.
func (a *Assembly) Membership(m importer.Membership) error {
	return a.put(importer.Memberships, func(r importer.Record) importer.Record { return m.AppendTo(r) })
}

// Warehouse takes a warehouse.
func (a *Assembly) Warehouse(w importer.Warehouse) error {
	return a.put(importer.Warehouses, func(r importer.Record) importer.Record { return w.AppendTo(r) })
}

// Level takes a stock level.
func (a *Assembly) Level(l importer.Level) error {
	return a.put(importer.Stock, func(r importer.Record) importer.Record { return append(l.AppendTo(r), importer.Flag(l.Active)) })
}

// Put takes a record of any table.
func (a *Assembly) Put(t *importer.Table, r importer.Record) error {
	return a.put(t, func(into importer.Record) importer.Record { return append(into, r...) })
}

// Nameless takes a record without an id.
func (a *Assembly) Nameless(n importer.Nameless) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.nameless) == maxNameless {
		return &connector.Fault{Code: connector.ProviderFault, Lasting: true,
			Message: fmt.Sprintf("the shop gave more than %s records without an id", importer.Thousands(maxNameless)),
			Next:    connector.Advice("this version of eshopctl and the shop's API do not fit together; look for a newer one")}
	}
	a.nameless = append(a.nameless, n)
	return nil
}

// unname forgets records without an id.
func (a *Assembly) unname(forgotten func(importer.Nameless) bool) {
	a.nameless = slices.DeleteFunc(a.nameless, forgotten)
}

// NewSorter returns an empty sorter.
func (a *Assembly) NewSorter() importer.Sorter { return a.newSorter() }

// Restart forgets all records of t.
func (a *Assembly) Restart(t *importer.Table) error {
	a.mu.Lock()
	a.unname(func(n importer.Nameless) bool { return n.Table == t.Name })
	a.mu.Unlock()
	return a.intakes[t].restart(a.newSorter())
}

// Replace forgets a parent and the parts that it has so far.
func (a *Assembly) Replace(parent importer.ParentRef) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.sequence.Load()
	a.replaced[parent] = now
	a.replaced[importer.ParentRef{Part: parent.Part.Parents[0].Table, ID: parent.ID}] = now
	a.unname(func(n importer.Nameless) bool { return n.Table == parent.Part.Name && n.Parent == parent.ID })
	return nil
}

// Remark adds a remark about the read itself.
func (a *Assembly) Remark(r importer.Remark) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.remarks) < importer.RemarksKept {
		a.remarks = append(a.remarks, r)
	}
}

// Progress passes on how far the reading is.
func (a *Assembly) Progress(t *importer.Table, phase importer.Phase, read, total int) {
	a.report.Reading(t, phase, read, total)
}

// most is how many records of t there are, or fewer.
func (a *Assembly) most(t *importer.Table) int { return a.intakes[t].came }

// put takes a record of t, and what else was said about it behind its columns.
func (a *Assembly) put(t *importer.Table, fill func(importer.Record) importer.Record) error {
	in := a.intakes[t]
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.put(fill, a.sequence.Add(1))
}

// settle waits until all that was put is sorted.
func (a *Assembly) settle() error {
	for _, in := range a.intakes {
		if err := in.settle(); err != nil {
			return err
		}
	}
	return nil
}

// found is a record as the source gave it, with what it said beside it. All are
// only valid until the next one, the values of a record for ever.
type found struct {
	record   importer.Record
	more     importer.Record
	whole    importer.Record // both
	sequence uint64
}

func foundIn(t *importer.Table, whole importer.Record, sequence uint64) found {
	n := len(t.Columns)
	return found{whole[:n:n], whole[n:], whole, sequence}
}

// clone is found to be kept.
func clone(t *importer.Table, f found) found { return foundIn(t, slices.Clone(f.whole), f.sequence) }

// final gives the records of a table in key order: each key once, the last one put,
// without what was forgotten since.
func (a *Assembly) final(t *importer.Table) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		one := finding{table: t, values: make(importer.Record, t.Width())}
		have := false
		give := func() bool {
			f, err := one.found()
			if err == nil && a.passOver(t, f) {
				return true
			}
			return yield(f, err) && err == nil
		}
		for entry, err := range a.intakes[t].sorter.Sorted() {
			if err != nil {
				yield(found{}, err)
				return
			}
			same := have && string(entry.Key) == one.key
			if same && sequenceOf(entry.Payload) < one.sequence {
				continue
			}
			if have && !same && !give() {
				return
			}
			one.take(entry)
			have = true
		}
		if have {
			give()
		}
	}
}

// finding is the entry that waits until another key follows.
type finding struct {
	table     *importer.Table
	key, said string
	sequence  uint64
	values    importer.Record
	page      strings.Builder // texts of many entries; a full page is left to whoever holds one
}

const findingPage = 64 << 10

func (f *finding) take(e importer.Entry) {
	beside := said(e.Payload)
	if size := len(e.Key) + len(beside); f.page.Cap()-f.page.Len() < size {
		f.page.Reset()
		f.page.Grow(max(findingPage, size))
	}
	from := f.page.Len()
	f.page.Write(e.Key)
	f.page.Write(beside)
	text := f.page.String()[from:]
	f.key, f.said, f.sequence = text[:len(e.Key)], text[len(e.Key):], sequenceOf(e.Payload)
}

func (f *finding) found() (found, error) {
	if err := f.table.CutBesideKey(f.values, f.key, f.said); err != nil {
		return found{}, err
	}
	return foundIn(f.table, f.values, f.sequence), nil
}

// passOver reports whether a record was forgotten. What hangs on it goes along.
func (a *Assembly) passOver(t *importer.Table, f found) bool {
	if !a.forgotten(t, f) {
		return false
	}
	if t == importer.Variants {
		a.lapse(f.record)
	}
	return true
}

// lapse notes a variant that the shop no longer has, or has in another form.
func (a *Assembly) lapse(variant importer.Record) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lapsed[variant[importer.VariantItem].Text()] = true
}

// forgotten reports whether a record was put before its parent, or it itself,
// was read anew.
func (a *Assembly) forgotten(t *importer.Table, f found) bool {
	if len(a.replaced) == 0 {
		return false
	}
	if t.Kept && a.putBefore(importer.ParentRef{Part: t, ID: t.Key(f.record)}, f.sequence) {
		return true
	}
	return len(t.Parents) > 0 && a.putBefore(importer.ParentRef{Part: t, ID: f.record[t.Parents[0].Column].Text()}, f.sequence)
}

// putBefore reports whether what has that sequence was put before a parent was read
// anew.
func (a *Assembly) putBefore(parent importer.ParentRef, sequence uint64) bool {
	anew, replaced := a.replaced[parent]
	return replaced && sequence <= anew
}

// maxNameless bounds how many of them are remembered.
const maxNameless = importer.RemarksKept
