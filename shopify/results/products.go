package results

import (
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// mediaLine is a media item of the product that it names as its parent.
type mediaLine struct {
	ParentID parentID `json:"__parentId"`
	records.Media
}

// productLines gives products and their media. Media stand in their order, so
// the number of the line will do for their place.
type productLines struct {
	records.Giver
	products decode.Decoder[records.Product]
	media    decode.Decoder[mediaLine]
}

func newProductLines(give records.Giver) *productLines {
	return &productLines{
		Giver: give, products: decode.Decoder[records.Product]{Read: readProduct, Clear: (*records.Product).Clear, Spares: give.Spares},
		media: decode.Decoder[mediaLine]{Read: readMedia, Clear: func(m *mediaLine) {
			*m = mediaLine{Media: records.Media{VideoSources: m.VideoSources[:0], ModelSources: m.ModelSources[:0]}}
		}},
	}
}

func (p *productLines) giveLine(l bulk.Line) error {
	if mayBePart(l.Text) {
		media, err := p.media.ReadRecord(l.Text)
		if err != nil {
			return err
		}
		if media.ParentID.there {
			return p.Giver.GiveMedia(&media.Media, media.ParentID.id, l.Number, records.InLine(queries.BulkProducts, l.Number))
		}
	}
	product, err := p.products.ReadRecord(l.Text)
	if err != nil {
		return err
	}
	return p.GiveProduct(product, records.InLine(queries.BulkProducts, l.Number))
}

func readProduct(c *decode.Cursor, p *records.Product) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&p.ID)
		case "handle":
			c.NeedField(&seen, 1)
			c.ReadString(&p.Handle)
		case "title":
			c.NeedField(&seen, 2)
			c.ReadString(&p.Title)
		case "descriptionHtml":
			c.NeedField(&seen, 3)
			c.ReadString(&p.DescriptionHTML)
		case "vendor":
			c.NeedField(&seen, 4)
			c.ReadString(&p.Vendor)
		case "productType":
			c.NeedField(&seen, 5)
			c.ReadString(&p.ProductType)
		case "status":
			c.NeedField(&seen, 6)
			c.ReadString(&p.Status)
		case "tags":
			c.NeedField(&seen, 7)
			c.ReadArray(func() { p.Tags = append(p.Tags, ""); c.ReadString(&p.Tags[len(p.Tags)-1]) })
		case "seo":
			c.NeedField(&seen, 8)
			c.ReadObject(func(name string) {
				switch name {
				case "title":
					c.ReadOptional(&p.SEO.Title)
				case "description":
					c.ReadOptional(&p.SEO.Description)
				default:
					c.SkipValue()
				}
			})
		case "variantsCount":
			readCount(c, &p.VariantsCount)
		case "mediaCount":
			readCount(c, &p.MediaCount)
		case "options":
			c.NeedField(&seen, 9)
			c.ReadArray(func() { readOption(c, p.NextOption()) })
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 10)
}

func readOption(c *decode.Cursor, o *records.Option) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "name":
			c.NeedField(&seen, 0)
			c.ReadString(&o.Name)
		case "position":
			c.NeedField(&seen, 1)
			c.ReadInt(&o.Position)
		case "optionValues":
			c.NeedField(&seen, 2)
			c.ReadArray(func() {
				o.OptionValues = append(o.OptionValues, records.Name{})
				c.ReadField("name", &o.OptionValues[len(o.OptionValues)-1].Name)
			})
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 3)
}

func readMedia(c *decode.Cursor, m *mediaLine) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "__parentId":
			readParent(c, &m.ParentID)
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&m.ID)
		case "mediaContentType":
			c.NeedField(&seen, 1)
			c.ReadString(&m.MediaContentType)
		case "status":
			c.NeedField(&seen, 2)
			c.ReadString(&m.Status)
		case "alt":
			c.ReadOptional(&m.Alt)
		case "mimeType":
			c.ReadString(&m.MIMEType)
		case "originUrl":
			c.ReadString(&m.OriginURL)
		case "image":
			c.ReadField("url", &m.Image.URL)
		case "videoSources":
			c.ReadArray(func() { m.VideoSources = append(m.VideoSources, readSource(c)) })
		case "modelSources":
			c.ReadArray(func() { m.ModelSources = append(m.ModelSources, readSource(c)) })
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 3)
}

func readSource(c *decode.Cursor) (s records.MediaSource) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "url":
			c.NeedField(&seen, 0)
			c.ReadString(&s.URL)
		case "mimeType":
			c.ReadString(&s.MIMEType)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 1)
	return s
}
