package checking

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// knowledge is what the last run knew of a record: what it read and what was imported last,
// which differ if it left the row alone, and how the row may deviate.
type knowledge struct {
	read, imported importer.Record
	edited, left   bool
	unknown        bool // the imported snapshot cannot be read
}

func knowledgeOf(was *walk.Couple[importer.Record, importer.Deviation]) (b knowledge) {
	if was == nil {
		return b
	}
	b.read, b.imported = was.LeftOr(), was.LeftOr()
	if d := was.Right; d != nil {
		b.edited, b.left = d.Edited && !d.Found, d.Left
		if d.Left {
			b.imported = d.Imported
		}
	}
	return b
}

// fillUnheld fills in the columns that the last run did not hold: from the row if nobody
// edited it, else from the shop, as if the shop had not changed there.
func (b *knowledge) fillUnheld(now *walk.Couple[importer.Record, importer.Row]) {
	if now.Right == nil {
		return
	}
	if b.edited || b.left {
		b.read = b.read.WithColumns(now.LeftOr(), b.read.UnheldColumns())
		return
	}
	b.read, b.imported = b.read.WithUnheld(now.Right.Record), b.imported.WithUnheld(now.Right.Record)
}

// whoMoved returns who changed a record since the last run. A row that differs from what
// was imported, although no edit is known, is a bug of this program.
func whoMoved(t *importer.Table, now walk.Couple[importer.Record, importer.Row], was knowledge) importer.Mover {
	var row importer.Record
	if now.Right != nil {
		row = now.Right.Record
	}
	shop := !sameOrNone(t, now.LeftOr(), was.read)
	store := !sameOrNone(t, row, was.imported)
	if was.left && was.imported == nil {
		store = was.edited // it is not known what was imported into the row
	}
	switch {
	case was.unknown && was.edited:
		return importer.ByStore
	case was.unknown:
		return importer.ByShop // no edit of the row is known
	case store && !was.edited && !was.left:
		return importer.ByNeither
	case shop && store:
		return importer.ByBoth
	case shop:
		return importer.ByShop
	case store || was.edited:
		return importer.ByStore
	case was.left:
		return importer.ByRejected
	}
	return importer.ByNeither
}

func sameOrNone(t *importer.Table, a, b importer.Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return t.Equal(a, b)
}
