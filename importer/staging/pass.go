package staging

import (
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// pass writes the snapshot once. Links between tables are resolved by sorting them beside
// the records that they link to.
type pass struct {
	to        importer.SnapshotWriter
	resources []connector.Resource
	intakes   *intakes
	rereads   *rereads
	nameless  []importer.NamelessRecord
	census    *census
	unshown   map[string][]string // by table, ids to which records refer and that the shop does not show

	links   links
	places  map[string]place
	leftOut string          // the inventory item that was left out last
	nowhere map[string]bool // products with a variant that shows a media item without an id
}

// links are what variants say about other records.
type links struct {
	byMedia importer.Sorter // product and media item -> variant that shows it
	byItem  importer.Sorter // inventory item -> id, tracked, SKU of the variant, and whether it is sound
	bySKU   importer.Sorter // SKU -> variant
}

func newLinks(newSorter func() importer.Sorter) links {
	return links{byMedia: newSorter(), byItem: newSorter(), bySKU: newSorter()}
}

func (l links) close() error {
	return errors.Join(l.byMedia.Close(), l.byItem.Close(), l.bySKU.Close())
}

// place is what stock needs to know of a warehouse.
type place struct {
	name   string
	active bool
}

// isAsked reports whether the snapshot is to have the table.
func (w *pass) isAsked(t *importer.Table) bool { return slices.Contains(w.resources, t.Resource) }

// keepRecord writes a record unless its parent is gone from the shop.
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

// replacedTexts writes the remarks that were made when records of the table came in.
func (w *pass) replacedTexts(t *importer.Table) error {
	for _, remark := range w.intakes.of[t].remarks {
		if err := w.to.WriteRemark(t, remark); err != nil {
			return err
		}
	}
	return nil
}
