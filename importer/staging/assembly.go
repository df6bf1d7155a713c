package staging

import (
	"fmt"
	"slices"
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Assembly takes what a source reads, in any order, and makes a verified snapshot of it:
// sorted, each record once, parts counted against what their parents announced, links
// resolved. It is an importer.Intake, safe for concurrent use. Its memory is bounded
// whatever the size of the shop, because it sorts on disk.
type Assembly struct {
	report  importer.Reporter
	before  importer.Snapshot // the snapshot that the new one may be equal to, or nil
	intakes *intakes
	rereads *rereads
	unshown map[string][]string // by table, ids to which records refer and that the shop does not show

	mu       sync.Mutex
	nameless []importer.NamelessRecord // in the order in which they came
	remarks  []importer.Remark         // about the reading itself
}

// NewAssembly returns an empty assembly that sorts with newSorter. before is the snapshot
// that the new one may be equal to; it may be nil. Close the assembly.
func NewAssembly(newSorter func() importer.Sorter, before importer.Snapshot, report importer.Reporter) *Assembly {
	again := newRereads()
	return &Assembly{report: report, before: before, intakes: newIntakes(newSorter, again), rereads: again}
}

// Close frees the sorters.
func (a *Assembly) Close() error { return a.intakes.close() }

// PutProduct takes a product.
func (a *Assembly) PutProduct(p importer.Product) error {
	return a.intakes.putRecord(importer.Products, func(r importer.Record) importer.Record {
		return append(p.AppendTo(r), announcedValue(p.Variants), announcedValue(p.Media))
	})
}

// PutVariant takes a variant.
func (a *Assembly) PutVariant(v importer.Variant) error {
	return a.intakes.putRecord(importer.Variants, func(r importer.Record) importer.Record { return v.AppendTo(r) })
}

// PutVariantMedia takes a link between a variant and a media item.
func (a *Assembly) PutVariantMedia(l importer.VariantMedia) error {
	return a.intakes.putRecord(importer.MediaLinks, func(r importer.Record) importer.Record {
		return append(r, importer.String(l.VariantID), importer.String(l.MediaID))
	})
}

// PutMedia takes a media item.
func (a *Assembly) PutMedia(m importer.MediaItem) error {
	return a.intakes.putRecord(importer.Media, func(r importer.Record) importer.Record {
		return append(m.AppendTo(r), importer.String(m.MIMEType), importer.Whole(m.Order))
	})
}

// PutCategory takes a category.
func (a *Assembly) PutCategory(c importer.Category) error {
	return a.intakes.putRecord(importer.Categories, func(r importer.Record) importer.Record {
		return append(c.AppendTo(r), announcedValue(c.Members))
	})
}

// PutMembership takes a membership.
func (a *Assembly) PutMembership(m importer.Membership) error {
	return a.intakes.putRecord(importer.Memberships, func(r importer.Record) importer.Record { return m.AppendTo(r) })
}

// PutWarehouse takes a warehouse.
func (a *Assembly) PutWarehouse(w importer.Warehouse) error {
	return a.intakes.putRecord(importer.Warehouses, func(r importer.Record) importer.Record { return w.AppendTo(r) })
}

// PutLevel takes a stock level.
func (a *Assembly) PutLevel(l importer.Level) error {
	return a.intakes.putRecord(importer.Stock, func(r importer.Record) importer.Record {
		return append(l.AppendTo(r), importer.Flag(l.Active))
	})
}

// PutRecord takes a record of any table.
func (a *Assembly) PutRecord(t *importer.Table, r importer.Record) error {
	return a.intakes.putRecord(t, func(into importer.Record) importer.Record { return append(into, r...) })
}

// PutNameless takes a record without an id.
func (a *Assembly) PutNameless(n importer.NamelessRecord) error {
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

// forgetNameless removes those records without an id for which forgotten is true.
func (a *Assembly) forgetNameless(forgotten func(importer.NamelessRecord) bool) {
	a.nameless = slices.DeleteFunc(a.nameless, forgotten)
}

// NewSorter returns an empty sorter.
func (a *Assembly) NewSorter() importer.Sorter { return a.intakes.newSorter() }

// RestartTable forgets all records of t.
func (a *Assembly) RestartTable(t *importer.Table) error {
	a.mu.Lock()
	a.forgetNameless(func(n importer.NamelessRecord) bool { return n.Table == t.Name })
	a.mu.Unlock()
	return a.intakes.of[t].startAnew(a.intakes.newSorter())
}

// ReplaceParent forgets a parent and the parts that it has so far.
func (a *Assembly) ReplaceParent(parent importer.ParentRef) error {
	a.rereads.noteReplaced(parent, a.intakes.sequence.Load())
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forgetNameless(func(n importer.NamelessRecord) bool { return n.Table == parent.Part.Name && n.Parent == parent.ID })
	return nil
}

// AddRemark adds a remark about the read itself.
func (a *Assembly) AddRemark(r importer.Remark) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.remarks) < importer.RemarksKept {
		a.remarks = append(a.remarks, r)
	}
}

// ReportProgress passes the progress on to the reporter.
func (a *Assembly) ReportProgress(t *importer.Table, phase importer.Phase, read, total int) {
	a.report.Reading(t, phase, read, total)
}

// maxNameless is how many records without an id are accepted.
const maxNameless = importer.RemarksKept
