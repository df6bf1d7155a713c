package records

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// Giver gives records to an intake, by whichever way they were read. A record that does not fit
// is given with the reason; one without a usable id is given as nameless.
type Giver struct {
	intake   importer.Intake
	currency string
	again    bool                   // records without an id were given before
	sum      *Sum                   // of the records from pages; nil where nobody compares them
	Spares   func() decode.FieldSet // returns the fields that records may lack
}

// NewGiver returns a giver to an intake. Prices are in currency (ISO 4217). Records from pages
// are added to sum, which may be nil. spares returns the fields that records may lack.
func NewGiver(intake importer.Intake, currency string, sum *Sum, spares func() decode.FieldSet) Giver {
	return Giver{intake: intake, currency: currency, sum: sum, Spares: spares}
}

// OnceMore returns a giver for records that were given before. It leaves out those without an
// id, which would count twice.
func (g Giver) OnceMore() Giver {
	g.again = true
	return g
}

// WithoutSum returns a giver that adds to no sum.
func (g Giver) WithoutSum() Giver {
	g.sum = nil
	return g
}

// addToSum adds a record from a page to the sum.
func (g Giver) addToSum(record any, at Place) {
	if at.line == 0 {
		g.sum.add(record)
	}
}

// giveNameless gives a record without a usable id, as a part of parent if that has a usable one.
func (g Giver) giveNameless(t *importer.Table, ids, parent, wrong string, at Place) error {
	return g.giveNamelessAt(0, t, ids, parent, wrong, at)
}

func (g Giver) giveNamelessAt(order int, t *importer.Table, ids, parent, wrong string, at Place) error {
	if g.again {
		return nil
	}
	if !gid.HasKind(ids, parent) {
		parent = ""
	}
	return g.intake.PutNameless(importer.NamelessRecord{Table: t.Name, Parent: parent, Place: at.String(), Why: wrong, Order: int64(order)})
}

// GiveProduct gives a product, without its media.
func (g Giver) GiveProduct(n *Product, at Place) error {
	if !n.checkOwnID(gid.Product, n.ID) {
		return g.giveNameless(importer.Products, "", "", n.lacksID(n.ID), at)
	}
	product := n.ForImport()
	product.Unfit = n.wrong
	g.addToSum(product, at)
	return g.intake.PutProduct(product)
}

// GiveMedia gives a media item of a product. order is any number that grows along the media of
// the product.
func (g Giver) GiveMedia(n *Media, product string, order int, at Place) error {
	if !gid.IsValid(n.ID) || !gid.HasKind(gid.Product, product) {
		return g.giveNamelessAt(order, importer.Media, gid.Product, product, n.lacksID(n.ID), at)
	}
	item := n.ForImport(product, order)
	item.Unfit = n.wrong
	g.addToSum(item, at)
	return g.intake.PutMedia(item)
}

// GiveVariant gives a variant, without the media that it shows.
func (g Giver) GiveVariant(n *Variant, at Place) error {
	if !n.checkID(gid.Product, "product.id", n.Product.ID) {
		n.Product.ID = ""
	}
	if !n.checkOwnID(gid.Variant, n.ID) {
		return g.giveNameless(importer.Variants, gid.Product, n.Product.ID, n.lacksID(n.ID), at)
	}
	n.checkID(gid.Item, "inventoryItem.id", n.InventoryItem.ID)
	variant := n.ForImport(g.currency)
	variant.Unfit = n.wrong
	g.addToSum(variant, at)
	return g.intake.PutVariant(variant)
}

// GiveMediaLink gives that a variant shows a media item. An item without a usable id may be any
// media item of the product.
func (g Giver) GiveMediaLink(variant, media string) error {
	if !gid.IsValid(variant) {
		return nil // a variant without an id is nameless where it is read
	}
	if !gid.IsValid(media) {
		media = ""
	}
	return g.intake.PutVariantMedia(importer.VariantMedia{VariantID: variant, MediaID: media})
}

// GiveCategory gives a collection, without its members.
func (g Giver) GiveCategory(n *Collection, at Place) error {
	if !n.checkOwnID(gid.Collection, n.ID) {
		return g.giveNameless(importer.Categories, "", "", n.lacksID(n.ID), at)
	}
	category := n.ForImport()
	category.Unfit = n.wrong
	g.addToSum(category, at)
	return g.intake.PutCategory(category)
}

// GiveMember gives that a product is in a collection. position is nil where the merchant does
// not sort the collection by hand.
func (g Giver) GiveMember(n *Fitness, collection, product string, position *int64, at Place) error {
	if !gid.IsValid(collection) || !n.checkOwnID(gid.Product, product) {
		return g.giveNameless(importer.Memberships, gid.Collection, collection, n.lacksID(product), at)
	}
	member := importer.Membership{CategoryID: collection, ProductID: product, Position: position, Unfit: n.wrong}
	g.addToSum(member, at)
	return g.intake.PutMembership(member)
}

// GiveWarehouse gives a location.
func (g Giver) GiveWarehouse(n *Location, at Place) error {
	if !n.checkOwnID(gid.Location, n.ID) {
		return g.giveNameless(importer.Warehouses, "", "", n.lacksID(n.ID), at)
	}
	warehouse := importer.Warehouse{ID: n.ID, Name: n.Name, Active: n.IsActive, Address: importer.Address(n.Address), Unfit: n.wrong}
	g.addToSum(warehouse, at)
	return g.intake.PutWarehouse(warehouse)
}

// GiveItem checks the id of an inventory item, of which only the levels are kept. Without a
// usable id its levels belong to nothing.
func (g Giver) GiveItem(id string, at Place) error {
	if gid.HasKind(gid.Item, id) {
		return nil
	}
	wrong := fmt.Sprintf("the id of an inventory item is %s", decode.Quoted(fmt.Sprintf("%q", id)))
	return g.giveNameless(importer.Stock, gid.Item, "", wrong, at)
}

// GiveLevel gives a level of an inventory item.
func (g Giver) GiveLevel(n *Level, item string, at Place) error {
	if !gid.IsValid(item) || !gid.IsValid(n.Location.ID) {
		return g.giveNameless(importer.Stock, gid.Item, item, n.lacksID(n.Location.ID), at)
	}
	n.checkID(gid.Item, "item", item)
	n.checkID(gid.Location, "location.id", n.Location.ID)
	level, err := n.ForImport(item)
	if err != nil {
		n.AddMisfit(err.Error())
	}
	level.Unfit = n.wrong
	g.addToSum(level, at)
	return g.intake.PutLevel(level)
}

// GiveMediaOf gives media in their order. before is how many of the product were given already.
func (g Giver) GiveMediaOf(product string, before int, nodes []*Media, at Place) error {
	for i, node := range nodes {
		if err := g.GiveMedia(node, product, before+i+1, at); err != nil {
			return err
		}
	}
	return nil
}

// GiveLevels gives the levels of one item.
func (g Giver) GiveLevels(item string, nodes []*Level, at Place) error {
	for _, node := range nodes {
		if err := g.GiveLevel(node, item, at); err != nil {
			return err
		}
	}
	return nil
}

// GiveVariantAndMedia gives a variant and which media it shows.
func (g Giver) GiveVariantAndMedia(v *Variant, at Place) error {
	if err := g.GiveVariant(v, at); err != nil {
		return err
	}
	for _, media := range v.Media.Nodes {
		if err := g.GiveMediaLink(v.ID, media.ID); err != nil {
			return err
		}
	}
	return nil
}
