package results

import (
	"bytes"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// A line of a result holds a root record, or a part that names its root as __parentId. Their
// other fields are those of package records.
type (
	mediaLine struct {
		records.Media
		parentLine
	}
	// itemLine is an inventory item, of which nothing but its levels is kept.
	itemLine struct {
		records.Fitness
		ID string
	}
	// levelLine has no id of its own: ids of levels would be a third of the file, and item
	// and location identify a level.
	levelLine struct {
		records.Level
		parentLine
	}
	// memberLine links a record to its root: a media item to a variant, a product to a
	// collection.
	memberLine struct {
		records.Fitness
		ID string `must:"be"`
		parentLine
	}
)

// parentLine is in all lines that may be parts.
type parentLine struct {
	ParentID decode.LooseText `json:"__parentId"`
}

func (p *parentLine) isPart() bool { return p.ParentID.There }

// mayBePart reports whether a line may be that of a part. A root may hold the word in a
// string.
func mayBePart(line []byte) bool { return bytes.Contains(line, parentField) }

var parentField = []byte(`__parentId"`)

// lineGiver gives the lines of a result: each root to giveRoot, unless that is nil, and each
// part to givePart.
type lineGiver[R, P any] struct {
	document queries.Document
	giveRoot func(*R, records.Place) error
	givePart func(*P, records.Place) error

	roots decode.Decoder[R]
	parts decode.Decoder[P]
}

func (g *lineGiver[R, P]) giveLine(l bulk.Line) error {
	at := records.InLine(g.document, l.Number)
	if mayBePart(l.Text) {
		part, err := g.parts.Decode(l.Text)
		if err != nil {
			return err
		}
		if any(part).(interface{ isPart() bool }).isPart() {
			return g.givePart(part, at)
		}
	}
	if g.giveRoot == nil {
		return nil
	}
	root, err := g.roots.Decode(l.Text)
	if err != nil {
		return err
	}
	return g.giveRoot(root, at)
}

// productLines gives products and their media. Media stand in their order, so that the number
// of the line serves as their position.
func productLines(give records.Giver) func(bulk.Line) error {
	lines := &lineGiver[records.Product, mediaLine]{
		document: queries.BulkProducts, giveRoot: give.GiveProduct,
		givePart: func(m *mediaLine, at records.Place) error {
			return give.GiveMedia(&m.Media, m.ParentID.Text, at.Line(), at)
		},
	}
	lines.roots.Spares, lines.parts.Spares = give.Spares, give.Spares
	return lines.giveLine
}

// variantLines gives variants, which are all roots, and adds their inventory items to items.
func variantLines(give records.Giver, items *records.SharedItems) func(bulk.Line) error {
	variants := decode.Decoder[records.Variant]{Spares: give.Spares}
	return func(l bulk.Line) error {
		variant, err := variants.Decode(l.Text)
		if err != nil {
			return err
		}
		if err := items.Add(variant.InventoryItem.ID); err != nil {
			return err
		}
		return give.GiveVariant(variant, records.InLine(queries.BulkVariants, l.Number))
	}
}

// levelLines gives the levels of inventory items.
func levelLines(give records.Giver) func(bulk.Line) error {
	lines := &lineGiver[itemLine, levelLine]{
		document: queries.BulkInventory,
		giveRoot: func(i *itemLine, at records.Place) error { return give.GiveItem(i.ID, at) },
		givePart: func(l *levelLine, at records.Place) error { return give.GiveLevel(&l.Level, l.ParentID.Text, at) },
	}
	return lines.giveLine
}

// memberLines gives members to give. Their roots are read elsewhere.
func memberLines(document queries.Document, give func(*memberLine, records.Place) error) func(bulk.Line) error {
	lines := &lineGiver[struct{}, memberLine]{document: document, givePart: give}
	return lines.giveLine
}
