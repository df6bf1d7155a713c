package records

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// Giver gives what was read to the intake, by whatever reader: records that fit, those
// that do not, and those that have no id.
type Giver struct {
	intake   importer.Intake
	currency string
	again    bool                   // what has no id was given before
	sum      *Sum                   // of what comes by pages; nil where nobody compares that
	Spares   func() map[string]bool // fields that nodes need not have
}

// NewGiver gives to an intake, prices being in that currency. sum may be nil, where nobody
// compares what comes by pages; spares tells which fields records need not have.
func NewGiver(intake importer.Intake, currency string, sum *Sum, spares func() map[string]bool) Giver {
	return Giver{intake: intake, currency: currency, sum: sum, Spares: spares}
}

// OnceMore gives what was given before, but for what has no id.
func (g Giver) OnceMore() Giver {
	g.again = true
	return g
}

// Uncompared gives what nobody compares.
func (g Giver) Uncompared() Giver {
	g.sum = nil
	return g
}

// came notes a record that came by a page.
func (g Giver) came(record any, at Place) {
	if at.line == 0 {
		g.sum.add(record)
	}
}

// nameless gives a record of which the id is no id, as a part of parent if that is an id
// of its kind.
func (g Giver) nameless(t *importer.Table, ids, parent, wrong string, at Place) error {
	return g.namelessAt(0, t, ids, parent, wrong, at)
}

func (g Giver) namelessAt(order int, t *importer.Table, ids, parent, wrong string, at Place) error {
	if g.again {
		return nil
	}
	if !gid.Is(ids, parent) {
		parent = ""
	}
	return g.intake.Nameless(importer.Nameless{Table: t.Name, Parent: parent, Place: at.String(), Why: wrong, Order: int64(order)})
}

func (g Giver) Product(n *Product, at Place) error {
	if !n.ownID(gid.Product, n.ID) {
		return g.nameless(importer.Products, "", "", n.lacksID(n.ID), at)
	}
	product := n.Imported()
	product.Unfit = n.wrong
	g.came(product, at)
	return g.intake.Product(product)
}

// Media gives a media item of a product; order is any number that grows along those of
// the product.
func (g Giver) Media(n *Media, product string, order int, at Place) error {
	if !gid.Valid(n.ID) || !gid.Is(gid.Product, product) {
		return g.namelessAt(order, importer.Media, gid.Product, product, n.lacksID(n.ID), at)
	}
	item := n.Imported(product, order)
	item.Unfit = n.wrong
	g.came(item, at)
	return g.intake.Media(item)
}

func (g Giver) Variant(n *Variant, at Place) error {
	if !n.names(gid.Product, "product.id", n.Product.ID) {
		n.Product.ID = ""
	}
	if !n.ownID(gid.Variant, n.ID) {
		return g.nameless(importer.Variants, gid.Product, n.Product.ID, n.lacksID(n.ID), at)
	}
	n.names(gid.Item, "inventoryItem.id", n.InventoryItem.ID)
	variant := n.Imported(g.currency)
	variant.Unfit = n.wrong
	g.came(variant, at)
	return g.intake.Variant(variant)
}

// Shows gives that a variant shows a media item. One without an id makes media of its
// product unfit, since it may be any of them.
func (g Giver) Shows(variant, media string) error {
	if !gid.Valid(variant) {
		return nil // it has no id, and is told where it is read
	}
	if !gid.Valid(media) {
		media = ""
	}
	return g.intake.VariantMedia(importer.VariantMedia{VariantID: variant, MediaID: media})
}

func (g Giver) Category(n *Collection, at Place) error {
	if !n.ownID(gid.Collection, n.ID) {
		return g.nameless(importer.Categories, "", "", n.lacksID(n.ID), at)
	}
	category := n.Imported()
	category.Unfit = n.wrong
	g.came(category, at)
	return g.intake.Category(category)
}

// Member gives that a product is in a collection, at a position or at none.
func (g Giver) Member(n *Fitness, collection, product string, position *int64, at Place) error {
	if !gid.Valid(collection) || !n.ownID(gid.Product, product) {
		return g.nameless(importer.Memberships, gid.Collection, collection, n.lacksID(product), at)
	}
	member := importer.Membership{CategoryID: collection, ProductID: product, Position: position, Unfit: n.wrong}
	g.came(member, at)
	return g.intake.Membership(member)
}

func (g Giver) Warehouse(n *Location, at Place) error {
	if !n.ownID(gid.Location, n.ID) {
		return g.nameless(importer.Warehouses, "", "", n.lacksID(n.ID), at)
	}
	warehouse := importer.Warehouse{ID: n.ID, Name: n.Name, Active: n.IsActive, Address: importer.Address(n.Address), Unfit: n.wrong}
	g.came(warehouse, at)
	return g.intake.Warehouse(warehouse)
}

// Item looks at an inventory item, of which nothing is kept but its levels. What they
// are of is not known where its id is none.
func (g Giver) Item(id string, at Place) error {
	if gid.Is(gid.Item, id) {
		return nil
	}
	return g.nameless(importer.Stock, gid.Item, "", fmt.Sprintf("the id of an inventory item is %s", decode.Quoted(fmt.Sprintf("%q", id))), at)
}

func (g Giver) Level(n *Level, item string, at Place) error {
	if !gid.Valid(item) || !gid.Valid(n.Location.ID) {
		return g.nameless(importer.Stock, gid.Item, item, n.lacksID(n.Location.ID), at)
	}
	n.names(gid.Item, "item", item)
	n.names(gid.Location, "location.id", n.Location.ID)
	level, err := n.Imported(item)
	if err != nil {
		n.Also(err.Error())
	}
	level.Unfit = n.wrong
	g.came(level, at)
	return g.intake.Level(level)
}

// MediaOf gives media in their order; before is how many of the product came earlier.
func (g Giver) MediaOf(product string, before int, nodes []*Media, at Place) error {
	for i, node := range nodes {
		if err := g.Media(node, product, before+i+1, at); err != nil {
			return err
		}
	}
	return nil
}

// Levels gives the levels of one item.
func (g Giver) Levels(item string, nodes []*Level, at Place) error {
	for _, node := range nodes {
		if err := g.Level(node, item, at); err != nil {
			return err
		}
	}
	return nil
}

// Shown gives a variant and which media it shows.
func (g Giver) Shown(v *Variant, at Place) error {
	if err := g.Variant(v, at); err != nil {
		return err
	}
	for _, media := range v.Media.Nodes {
		if err := g.Shows(v.ID, media.ID); err != nil {
			return err
		}
	}
	return nil
}
