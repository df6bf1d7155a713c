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
	variants := decode.Decoder[records.Variant]{Read: readVariant, Spares: give.Spares, Clear: (*records.Variant).Clear}
	return &variantLines{Giver: give, items: items, variants: variants}
}

func (v *variantLines) giveLine(l bulk.Line) error {
	node, err := v.variants.ReadRecord(l.Text)
	if err != nil {
		return err
	}
	if err := v.items.Add(node.InventoryItem.ID); err != nil {
		return err
	}
	return v.GiveVariant(node, records.InLine(queries.BulkVariants, l.Number))
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
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&m.ID)
		case "__parentId":
			readParent(c, &m.ParentID)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 1)
}

// memberLines gives what connects two records. The lines of the records above are skipped.
type memberLines struct {
	give    func(*memberLine, records.Place) error
	members decode.Decoder[memberLine]
	of      queries.Document
}

func newMemberLines(of queries.Document, give func(*memberLine, records.Place) error) *memberLines {
	return &memberLines{of: of, give: give,
		members: decode.Decoder[memberLine]{Read: readMember, Clear: func(m *memberLine) { *m = memberLine{} }}}
}

func (m *memberLines) giveLine(l bulk.Line) error {
	member, err := m.members.ReadRecord(l.Text)
	if err != nil || !member.ParentID.there {
		return err
	}
	return m.give(member, records.InLine(m.of, l.Number))
}

func readVariant(c *decode.Cursor, v *records.Variant) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&v.ID)
		case "title":
			c.NeedField(&seen, 1)
			c.ReadString(&v.Title)
		case "price":
			c.NeedField(&seen, 2)
			c.ReadString(&v.Price)
		case "position":
			c.NeedField(&seen, 3)
			c.ReadInt64(&v.Position)
		case "sku":
			c.ReadOptional(&v.SKU)
		case "barcode":
			c.ReadOptional(&v.Barcode)
		case "compareAtPrice":
			c.ReadOptional(&v.CompareAtPrice)
		case "product":
			c.NeedField(&seen, 4)
			c.ReadField("id", &v.Product.ID)
		case "selectedOptions":
			c.NeedField(&seen, 5)
			c.ReadArray(func() { v.SelectedOptions = append(v.SelectedOptions, readChoice(c)) })
		case "inventoryItem":
			c.NeedField(&seen, 6)
			readItem(c, &v.InventoryItem)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 7)
}

func readChoice(c *decode.Cursor) (o records.Choice) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "name":
			c.NeedField(&seen, 0)
			c.ReadString(&o.Name)
		case "value":
			c.NeedField(&seen, 1)
			c.ReadString(&o.Value)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 2)
	return o
}

func readItem(c *decode.Cursor, i *records.VariantItem) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&i.ID)
		case "tracked":
			c.NeedField(&seen, 1)
			c.ReadBool(&i.Tracked)
		case "requiresShipping":
			c.NeedField(&seen, 2)
			c.ReadBool(&i.RequiresShipping)
		case "measurement":
			c.NeedField(&seen, 3)
			c.ReadObject(func(name string) {
				if name == "weight" {
					readWeight(c, &i.Measurement.Weight)
				} else {
					c.SkipValue()
				}
			})
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 4)
}

func readWeight(c *decode.Cursor, to *records.Weight) {
	if c.TakeNull() {
		return
	}
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "value":
			c.NeedField(&seen, 0)
			c.ReadNumber(&to.Value)
		case "unit":
			c.NeedField(&seen, 1)
			c.ReadString(&to.Unit)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 2)
}
