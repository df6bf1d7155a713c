package staging

import (
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// pass turns what was given into a snapshot, once. Links between tables are resolved by
// sorting them beside what they link to.
type pass struct {
	to        importer.SnapshotWriter
	resources []connector.Resource
	intakes   *intakes
	rereads   *rereads
	nameless  []importer.NamelessRecord
	census    *census
	unshown   map[string][]string // records that others name and the shop does not show, by table

	links   links
	places  map[string]place
	leftOut string          // the item left out last
	nowhere map[string]bool // products of which a variant shows what has no id
}

// links are what variants say of other records.
type links struct {
	byMedia importer.Sorter // product and media item -> variant that shows it
	byItem  importer.Sorter // inventory item -> variant, whether it is tracked, SKU; whether it is sound
	bySKU   importer.Sorter // SKU -> variant
}

func newLinks(newSorter func() importer.Sorter) links {
	return links{byMedia: newSorter(), byItem: newSorter(), bySKU: newSorter()}
}

func (l links) close() error {
	return errors.Join(l.byMedia.Close(), l.byItem.Close(), l.bySKU.Close())
}

// place is a warehouse, as its stock needs to know it.
type place struct {
	name   string
	active bool
}

// isAsked reports whether the snapshot is to hold the table.
func (w *pass) isAsked(t *importer.Table) bool { return slices.Contains(w.resources, t.Resource) }

// keepRecord writes a record unless it is part of one that the shop no longer has.
func (w *pass) keepRecord(t *importer.Table, f arrival) error {
	if w.rereads.wentAlong(t, f.record) {
		return nil
	}
	return w.to.WriteRecord(t, f.record)
}

func (w *pass) warn(code string, t *importer.Table, key, message, advice string) error {
	return w.to.WriteRemark(t, importer.Remark{
		Code: code, Severity: importer.Warning, Resource: t.Name, ExternalID: importer.ShowKey(key), Message: message,
		Next: connector.Advice(advice),
	})
}

// replacedTexts passes on what was remarked when records of the table came in.
func (w *pass) replacedTexts(t *importer.Table) error {
	for _, remark := range w.intakes.of[t].remarks {
		if err := w.to.WriteRemark(t, remark); err != nil {
			return err
		}
	}
	return nil
}
