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

func (p *productLines) take(l bulk.Line) error {
	if mayBePart(l.Text) {
		media, err := p.media.Record(l.Text)
		if err != nil {
			return err
		}
		if media.ParentID.there {
			return p.Giver.Media(&media.Media, media.ParentID.id, l.Number, records.InLine(queries.BulkProducts, l.Number))
		}
	}
	product, err := p.products.Record(l.Text)
	if err != nil {
		return err
	}
	return p.Product(product, records.InLine(queries.BulkProducts, l.Number))
}

func readProduct(c *decode.Cursor, p *records.Product) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Must(&seen, 0)
			c.Text(&p.ID)
		case "handle":
			c.Must(&seen, 1)
			c.Text(&p.Handle)
		case "title":
			c.Must(&seen, 2)
			c.Text(&p.Title)
		case "descriptionHtml":
			c.Must(&seen, 3)
			c.Text(&p.DescriptionHTML)
		case "vendor":
			c.Must(&seen, 4)
			c.Text(&p.Vendor)
		case "productType":
			c.Must(&seen, 5)
			c.Text(&p.ProductType)
		case "status":
			c.Must(&seen, 6)
			c.Text(&p.Status)
		case "tags":
			c.Must(&seen, 7)
			c.Array(func() { p.Tags = append(p.Tags, ""); c.Text(&p.Tags[len(p.Tags)-1]) })
		case "seo":
			c.Must(&seen, 8)
			c.Object(func(name string) {
				switch name {
				case "title":
					c.Optional(&p.SEO.Title)
				case "description":
					c.Optional(&p.SEO.Description)
				default:
					c.Skip()
				}
			})
		case "variantsCount":
			readCount(c, &p.VariantsCount)
		case "mediaCount":
			readCount(c, &p.MediaCount)
		case "options":
			c.Must(&seen, 9)
			c.Array(func() { readOption(c, p.NextOption()) })
		default:
			c.Skip()
		}
	})
	c.All(seen, 10)
}

func readOption(c *decode.Cursor, o *records.Option) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "name":
			c.Must(&seen, 0)
			c.Text(&o.Name)
		case "position":
			c.Must(&seen, 1)
			c.Integer(&o.Position)
		case "optionValues":
			c.Must(&seen, 2)
			c.Array(func() {
				o.OptionValues = append(o.OptionValues, records.Name{})
				c.Field("name", &o.OptionValues[len(o.OptionValues)-1].Name)
			})
		default:
			c.Skip()
		}
	})
	c.All(seen, 3)
}

func readMedia(c *decode.Cursor, m *mediaLine) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "__parentId":
			readParent(c, &m.ParentID)
		case "id":
			c.Must(&seen, 0)
			c.Text(&m.ID)
		case "mediaContentType":
			c.Must(&seen, 1)
			c.Text(&m.MediaContentType)
		case "status":
			c.Must(&seen, 2)
			c.Text(&m.Status)
		case "alt":
			c.Optional(&m.Alt)
		case "mimeType":
			c.Text(&m.MIMEType)
		case "originUrl":
			c.Text(&m.OriginURL)
		case "image":
			c.Field("url", &m.Image.URL)
		case "videoSources":
			c.Array(func() { m.VideoSources = append(m.VideoSources, readSource(c)) })
		case "modelSources":
			c.Array(func() { m.ModelSources = append(m.ModelSources, readSource(c)) })
		default:
			c.Skip()
		}
	})
	c.All(seen, 3)
}

func readSource(c *decode.Cursor) (s records.MediaSource) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "url":
			c.Must(&seen, 0)
			c.Text(&s.URL)
		case "mimeType":
			c.Text(&s.MIMEType)
		default:
			c.Skip()
		}
	})
	c.All(seen, 1)
	return s
}
