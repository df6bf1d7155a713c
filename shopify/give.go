package shopify

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// giver gives what was read to the intake, by whatever reader: records that fit, those
// that do not, and those that have no id.
type giver struct {
	intake   importer.Intake
	currency string
	again    bool                   // what has no id was given before
	sum      *pageSum               // of what comes by pages; nil where nobody compares that
	spares   func() map[string]bool // fields that nodes need not have
}

// place is where the shop gave a record: a line of a result, or a page.
type place struct {
	document document
	line     int
}

func (p place) String() string {
	if p.line > 0 {
		return fmt.Sprintf("line %d of the bulk result %s", p.line, p.document.name())
	}
	return "a page of " + p.document.operation()
}

// newGiver gives to an intake, prices being in that currency. sum may be nil, where nobody
// compares what comes by pages; spares tells which fields records need not have.
func newGiver(intake importer.Intake, currency string, sum *pageSum, spares func() map[string]bool) giver {
	return giver{intake: intake, currency: currency, sum: sum, spares: spares}
}

// onceMore gives what was given before, but for what has no id.
func (g giver) onceMore() giver {
	g.again = true
	return g
}

// uncompared gives what nobody compares.
func (g giver) uncompared() giver {
	g.sum = nil
	return g
}

// came notes a record that came by a page.
func (g giver) came(record any, at place) {
	if at.line == 0 {
		g.sum.add(record)
	}
}

// nameless gives a record of which the id is no id, as a part of parent if that is an id
// of its kind.
func (g giver) nameless(t *importer.Table, ids, parent, wrong string, at place) error {
	return g.namelessAt(0, t, ids, parent, wrong, at)
}

func (g giver) namelessAt(order int, t *importer.Table, ids, parent, wrong string, at place) error {
	if g.again {
		return nil
	}
	if !fits(ids, parent) {
		parent = ""
	}
	return g.intake.Nameless(importer.Nameless{Table: t.Name, Parent: parent, Place: at.String(), Why: wrong, Order: int64(order)})
}

func (g giver) product(n *productNode, at place) error {
	if !n.ownID(productIDs, n.ID) {
		return g.nameless(importer.Products, "", "", n.lacksID(n.ID), at)
	}
	product := n.product()
	product.Unfit = n.wrong
	g.came(product, at)
	return g.intake.Product(product)
}

// media gives a media item of a product; order is any number that grows along those of
// the product.
func (g giver) media(n *mediaNode, product string, order int, at place) error {
	if !isID(n.ID) || !fits(productIDs, product) {
		return g.namelessAt(order, importer.Media, productIDs, product, n.lacksID(n.ID), at)
	}
	item := n.item(product, order)
	item.Unfit = n.wrong
	g.came(item, at)
	return g.intake.Media(item)
}

func (g giver) variant(n *variantNode, at place) error {
	if !n.names(productIDs, "product.id", n.Product.ID) {
		n.Product.ID = ""
	}
	if !n.ownID(variantIDs, n.ID) {
		return g.nameless(importer.Variants, productIDs, n.Product.ID, n.lacksID(n.ID), at)
	}
	n.names(itemIDs, "inventoryItem.id", n.InventoryItem.ID)
	variant := n.variant(g.currency)
	variant.Unfit = n.wrong
	g.came(variant, at)
	return g.intake.Variant(variant)
}

// shows gives that a variant shows a media item. One without an id makes media of its
// product unfit, since it may be any of them.
func (g giver) shows(variant, media string) error {
	if !isID(variant) {
		return nil // it has no id, and is told where it is read
	}
	if !isID(media) {
		media = ""
	}
	return g.intake.VariantMedia(importer.VariantMedia{VariantID: variant, MediaID: media})
}

func (g giver) category(n *collectionNode, at place) error {
	if !n.ownID(collectionIDs, n.ID) {
		return g.nameless(importer.Categories, "", "", n.lacksID(n.ID), at)
	}
	category := n.category()
	category.Unfit = n.wrong
	g.came(category, at)
	return g.intake.Category(category)
}

// member gives that a product is in a collection, at a position or at none.
func (g giver) member(n *fitness, collection, product string, position *int64, at place) error {
	if !isID(collection) || !n.ownID(productIDs, product) {
		return g.nameless(importer.Memberships, collectionIDs, collection, n.lacksID(product), at)
	}
	member := importer.Membership{CategoryID: collection, ProductID: product, Position: position, Unfit: n.wrong}
	g.came(member, at)
	return g.intake.Membership(member)
}

func (g giver) warehouse(n *locationNode, at place) error {
	if !n.ownID(locationIDs, n.ID) {
		return g.nameless(importer.Warehouses, "", "", n.lacksID(n.ID), at)
	}
	warehouse := importer.Warehouse{ID: n.ID, Name: n.Name, Active: n.IsActive, Address: importer.Address(n.Address), Unfit: n.wrong}
	g.came(warehouse, at)
	return g.intake.Warehouse(warehouse)
}

// item looks at an inventory item, of which nothing is kept but its levels. What they
// are of is not known where its id is none.
func (g giver) item(id string, at place) error {
	if fits(itemIDs, id) {
		return nil
	}
	return g.nameless(importer.Stock, itemIDs, "", fmt.Sprintf("the id of an inventory item is %s", quoted(fmt.Sprintf("%q", id))), at)
}

func (g giver) level(n *levelNode, item string, at place) error {
	if !isID(item) || !isID(n.Location.ID) {
		return g.nameless(importer.Stock, itemIDs, item, n.lacksID(n.Location.ID), at)
	}
	n.names(itemIDs, "item", item)
	n.names(locationIDs, "location.id", n.Location.ID)
	level, err := n.level(item)
	if err != nil {
		n.also(err.Error())
	}
	level.Unfit = n.wrong
	g.came(level, at)
	return g.intake.Level(level)
}
