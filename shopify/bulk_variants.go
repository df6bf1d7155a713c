package shopify

import (
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// variantLines gives variants.
type variantLines struct {
	giver
	items    *sharedItems
	variants decoder[variantNode]
}

func newVariantLines(give giver, items *sharedItems) *variantLines {
	return &variantLines{giver: give, items: items, variants: decoder[variantNode]{read: readVariant, spares: give.spares, clear: (*variantNode).clear}}
}

func (v *variantLines) take(l bulk.Line) error {
	node, err := v.variants.record(l.Text)
	if err != nil {
		return err
	}
	if err := v.items.add(node.InventoryItem.ID); err != nil {
		return err
	}
	return v.variant(node, place{bulkVariants, l.Number})
}

// memberLine is a record that stands below another one and has nothing but its
// id, or the one above.
type memberLine struct {
	fitness
	ID       string   `must:"be"`
	ParentID parentID `json:"__parentId"`
}

func readMember(c *cursor, m *memberLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&m.ID)
		case "__parentId":
			readParent(c, &m.ParentID)
		default:
			c.skip()
		}
	})
	c.all(seen, 1)
}

// memberLines gives what connects two records. What stands above makes no record.
type memberLines struct {
	give    func(*memberLine, place) error
	members decoder[memberLine]
	of      document
}

func newMemberLines(of document, give func(*memberLine, place) error) *memberLines {
	return &memberLines{of: of, give: give,
		members: decoder[memberLine]{read: readMember, clear: func(m *memberLine) { *m = memberLine{} }}}
}

func (m *memberLines) take(l bulk.Line) error {
	member, err := m.members.record(l.Text)
	if err != nil || !member.ParentID.there {
		return err
	}
	return m.give(member, place{m.of, l.Number})
}

func readVariant(c *cursor, v *variantNode) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&v.ID)
		case "title":
			c.must(&seen, 1)
			c.string(&v.Title)
		case "price":
			c.must(&seen, 2)
			c.string(&v.Price)
		case "position":
			c.must(&seen, 3)
			c.whole(&v.Position)
		case "sku":
			c.optional(&v.SKU)
		case "barcode":
			c.optional(&v.Barcode)
		case "compareAtPrice":
			c.optional(&v.CompareAtPrice)
		case "product":
			c.must(&seen, 4)
			c.field("id", &v.Product.ID)
		case "selectedOptions":
			c.must(&seen, 5)
			c.array(func() { v.SelectedOptions = append(v.SelectedOptions, readChoice(c)) })
		case "inventoryItem":
			c.must(&seen, 6)
			readItem(c, &v.InventoryItem)
		default:
			c.skip()
		}
	})
	c.all(seen, 7)
}

func readChoice(c *cursor) (o choiceNode) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "name":
			c.must(&seen, 0)
			c.string(&o.Name)
		case "value":
			c.must(&seen, 1)
			c.string(&o.Value)
		default:
			c.skip()
		}
	})
	c.all(seen, 2)
	return o
}

func readItem(c *cursor, i *variantItem) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&i.ID)
		case "tracked":
			c.must(&seen, 1)
			c.flag(&i.Tracked)
		case "requiresShipping":
			c.must(&seen, 2)
			c.flag(&i.RequiresShipping)
		case "measurement":
			c.must(&seen, 3)
			c.object(func(name string) {
				if name == "weight" {
					readWeight(c, &i.Measurement.Weight)
				} else {
					c.skip()
				}
			})
		default:
			c.skip()
		}
	})
	c.all(seen, 4)
}

func readWeight(c *cursor, to *weight) {
	if c.null() {
		return
	}
	var seen fields
	c.object(func(name string) {
		switch name {
		case "value":
			c.must(&seen, 0)
			c.number(&to.Value)
		case "unit":
			c.must(&seen, 1)
			c.string(&to.Unit)
		default:
			c.skip()
		}
	})
	c.all(seen, 2)
}
