package results

import (
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// variantLines gives variants.
type variantLines struct {
	records.Giver
	items    *records.SharedItems
	variants decode.Decoder[records.Variant]
}

func newVariantLines(give records.Giver, items *records.SharedItems) *variantLines {
	return &variantLines{Giver: give, items: items, variants: decode.Decoder[records.Variant]{Read: readVariant, Spares: give.Spares, Clear: (*records.Variant).Clear}}
}

func (v *variantLines) take(l bulk.Line) error {
	node, err := v.variants.Record(l.Text)
	if err != nil {
		return err
	}
	if err := v.items.Add(node.InventoryItem.ID); err != nil {
		return err
	}
	return v.Variant(node, records.InLine(queries.BulkVariants, l.Number))
}

// memberLine is a record that stands below another one and has nothing but its
// id, or the one above.
type memberLine struct {
	records.Fitness
	ID       string   `must:"be"`
	ParentID parentID `json:"__parentId"`
}

func readMember(c *decode.Cursor, m *memberLine) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Must(&seen, 0)
			c.Text(&m.ID)
		case "__parentId":
			readParent(c, &m.ParentID)
		default:
			c.Skip()
		}
	})
	c.All(seen, 1)
}

// memberLines gives what connects two records. What stands above makes no record.
type memberLines struct {
	give    func(*memberLine, records.Place) error
	members decode.Decoder[memberLine]
	of      queries.Document
}

func newMemberLines(of queries.Document, give func(*memberLine, records.Place) error) *memberLines {
	return &memberLines{of: of, give: give,
		members: decode.Decoder[memberLine]{Read: readMember, Clear: func(m *memberLine) { *m = memberLine{} }}}
}

func (m *memberLines) take(l bulk.Line) error {
	member, err := m.members.Record(l.Text)
	if err != nil || !member.ParentID.there {
		return err
	}
	return m.give(member, records.InLine(m.of, l.Number))
}

func readVariant(c *decode.Cursor, v *records.Variant) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Must(&seen, 0)
			c.Text(&v.ID)
		case "title":
			c.Must(&seen, 1)
			c.Text(&v.Title)
		case "price":
			c.Must(&seen, 2)
			c.Text(&v.Price)
		case "position":
			c.Must(&seen, 3)
			c.Whole(&v.Position)
		case "sku":
			c.Optional(&v.SKU)
		case "barcode":
			c.Optional(&v.Barcode)
		case "compareAtPrice":
			c.Optional(&v.CompareAtPrice)
		case "product":
			c.Must(&seen, 4)
			c.Field("id", &v.Product.ID)
		case "selectedOptions":
			c.Must(&seen, 5)
			c.Array(func() { v.SelectedOptions = append(v.SelectedOptions, readChoice(c)) })
		case "inventoryItem":
			c.Must(&seen, 6)
			readItem(c, &v.InventoryItem)
		default:
			c.Skip()
		}
	})
	c.All(seen, 7)
}

func readChoice(c *decode.Cursor) (o records.Choice) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "name":
			c.Must(&seen, 0)
			c.Text(&o.Name)
		case "value":
			c.Must(&seen, 1)
			c.Text(&o.Value)
		default:
			c.Skip()
		}
	})
	c.All(seen, 2)
	return o
}

func readItem(c *decode.Cursor, i *records.VariantItem) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Must(&seen, 0)
			c.Text(&i.ID)
		case "tracked":
			c.Must(&seen, 1)
			c.Flag(&i.Tracked)
		case "requiresShipping":
			c.Must(&seen, 2)
			c.Flag(&i.RequiresShipping)
		case "measurement":
			c.Must(&seen, 3)
			c.Object(func(name string) {
				if name == "weight" {
					readWeight(c, &i.Measurement.Weight)
				} else {
					c.Skip()
				}
			})
		default:
			c.Skip()
		}
	})
	c.All(seen, 4)
}

func readWeight(c *decode.Cursor, to *records.Weight) {
	if c.Null() {
		return
	}
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "value":
			c.Must(&seen, 0)
			c.Number(&to.Value)
		case "unit":
			c.Must(&seen, 1)
			c.Text(&to.Unit)
		default:
			c.Skip()
		}
	})
	c.All(seen, 2)
}
