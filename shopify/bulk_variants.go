package shopify

import (
	"github.com/eshopos/eshopctl/importer"
)

// variantLines gives variants.
type variantLines struct {
	intake   importer.Intake
	currency string
	variants decoder[variantNode]
}

func newVariantLines(intake importer.Intake, currency string) *variantLines {
	return &variantLines{intake, currency, decoder[variantNode]{read: (*cursor).variant, clear: func(v *variantNode) {
		*v = variantNode{SelectedOptions: v.SelectedOptions[:0]}
	}}}
}

func (l *variantLines) take(line []byte, _ int) (mark, error) {
	variant, err := l.variants.node(line)
	if err != nil {
		return mark{}, garbled(err)
	}
	which, err := top(variantIDs, variant.ID)
	if err == nil {
		_, err = top(productIDs, variant.Product.ID)
	}
	if err == nil {
		err = l.intake.Variant(variant.variant(l.currency))
	}
	return which, err
}

// memberLine is a record that stands below another one and has nothing but its
// id, or the one above.
type memberLine struct {
	ID       string
	ParentID string `json:"__parentId"`
}

func (c *cursor) memberLine(m *memberLine) {
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&m.ID)
		case "__parentId":
			c.string(&m.ParentID)
		default:
			c.skip()
		}
	})
}

// memberLines gives what connects two records.
type memberLines struct {
	ids     string // how those of what stands above begin
	give    func(above, below string) error
	members decoder[memberLine]
}

func newMemberLines(ids string, give func(above, below string) error) *memberLines {
	return &memberLines{ids, give, decoder[memberLine]{read: (*cursor).memberLine, clear: func(m *memberLine) { *m = memberLine{} }}}
}

func (l *memberLines) take(line []byte, _ int) (mark, error) {
	member, err := l.members.node(line)
	if err != nil {
		return mark{}, garbled(err)
	}
	if member.ParentID == "" {
		return top(l.ids, member.ID)
	}
	which, err := below(l.ids, member.ParentID, member.ID)
	if err == nil {
		err = l.give(member.ParentID, member.ID)
	}
	return which, err
}

func (c *cursor) variant(v *variantNode) {
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&v.ID)
		case "title":
			c.string(&v.Title)
		case "price":
			c.string(&v.Price)
		case "position":
			c.whole(&v.Position)
		case "sku":
			c.optional(&v.SKU)
		case "barcode":
			c.optional(&v.Barcode)
		case "compareAtPrice":
			c.optional(&v.CompareAtPrice)
		case "product":
			c.field("id", &v.Product.ID)
		case "selectedOptions":
			c.array(func() { v.SelectedOptions = append(v.SelectedOptions, c.choice()) })
		case "inventoryItem":
			c.item(&v.InventoryItem)
		default:
			c.skip()
		}
	})
}

func (c *cursor) choice() (o importer.Choice) {
	c.object(func(name string) {
		switch name {
		case "name":
			c.string(&o.Name)
		case "value":
			c.string(&o.Value)
		default:
			c.skip()
		}
	})
	return o
}

func (c *cursor) item(i *variantItem) {
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&i.ID)
		case "tracked":
			c.flag(&i.Tracked)
		case "requiresShipping":
			c.flag(&i.RequiresShipping)
		case "measurement":
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
}

func (c *cursor) weight(to *weight) {
	c.object(func(name string) {
		switch name {
		case "value":
			c.number(&to.Value)
		case "unit":
			c.string(&to.Unit)
		default:
			c.skip()
		}
	})
}
