package shopify

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
)

// variantLines gives variants.
type variantLines struct {
	giver
	items    *sharedItems
	variants decoder[variantNode]
}

func newVariantLines(give giver, items *sharedItems) *variantLines {
	return &variantLines{giver: give, items: items, variants: decoder[variantNode]{read: (*cursor).variant, spares: give.spares, clear: func(v *variantNode) {
		*v = variantNode{SelectedOptions: v.SelectedOptions[:0]}
	}}}
}

func (l *variantLines) begin() {
	l.items.restart()
}

func (l *variantLines) take(one line) (mark, error) {
	node, err := l.variants.node(one.text)
	if err == nil {
		err = l.variants.whole()
	}
	if err != nil {
		return mark{}, garbled(err)
	}
	return top(variantIDs, node.ID), errors.Join(l.items.add(node.InventoryItem.ID), l.variant(node, one.at(bulkVariants)))
}

// memberLine is a record that stands below another one and has nothing but its
// id, or the one above.
type memberLine struct {
	fitness
	ID       string   `must:"be"`
	ParentID parentID `json:"__parentId"`
}

func (c *cursor) memberLine(m *memberLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&m.ID)
		case "__parentId":
			c.parent(&m.ParentID)
		default:
			c.skip()
		}
	})
	c.all(seen, 1)
}

// memberLines gives what connects two records.
type memberLines struct {
	ids     string // what those above begin with
	give    func(member *memberLine, one line) error
	members decoder[memberLine]
}

func newMemberLines(ids string, give func(member *memberLine, one line) error) *memberLines {
	return &memberLines{ids: ids, give: give,
		members: decoder[memberLine]{read: (*cursor).memberLine, clear: func(m *memberLine) { *m = memberLine{} }}}
}

func (l *memberLines) begin() {}

func (l *memberLines) take(one line) (mark, error) {
	member, err := l.members.node(one.text)
	if err == nil {
		err = l.members.whole()
	}
	if err != nil {
		return mark{}, garbled(err)
	}
	if !member.ParentID.there {
		return top(l.ids, member.ID), nil
	}
	return below(l.ids, member.ParentID.id, member.ID), l.give(member, one)
}

func (c *cursor) variant(v *variantNode) {
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
			c.array(func() { v.SelectedOptions = append(v.SelectedOptions, c.choice()) })
		case "inventoryItem":
			c.must(&seen, 6)
			c.item(&v.InventoryItem)
		default:
			c.skip()
		}
	})
	c.all(seen, 7)
}

func (c *cursor) choice() (o importer.Choice) {
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

func (c *cursor) item(i *variantItem) {
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
					c.weight(&i.Measurement.Weight)
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

func (c *cursor) weight(to *weight) {
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
