package shopify

import (
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// mediaLine is a media item of the product that it names as its parent.
type mediaLine struct {
	ParentID parentID `json:"__parentId"`
	mediaNode
}

// productLines gives products and their media. Media stand in their order, so
// the number of the line will do for their place.
type productLines struct {
	giver
	products decoder[productNode]
	media    decoder[mediaLine]
}

func newProductLines(give giver) *productLines {
	return &productLines{
		giver: give, products: decoder[productNode]{read: readProduct, clear: (*productNode).clear, spares: give.spares},
		media: decoder[mediaLine]{read: readMedia, clear: func(m *mediaLine) {
			*m = mediaLine{mediaNode: mediaNode{VideoSources: m.VideoSources[:0], ModelSources: m.ModelSources[:0]}}
		}},
	}
}

func (p *productLines) take(l bulk.Line) error {
	if mayBePart(l.Text) {
		media, err := p.media.record(l.Text)
		if err != nil {
			return err
		}
		if media.ParentID.there {
			return p.giver.media(&media.mediaNode, media.ParentID.id, l.Number, place{bulkProducts, l.Number})
		}
	}
	product, err := p.products.record(l.Text)
	if err != nil {
		return err
	}
	return p.product(product, place{bulkProducts, l.Number})
}

func readProduct(c *cursor, p *productNode) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&p.ID)
		case "handle":
			c.must(&seen, 1)
			c.string(&p.Handle)
		case "title":
			c.must(&seen, 2)
			c.string(&p.Title)
		case "descriptionHtml":
			c.must(&seen, 3)
			c.string(&p.DescriptionHTML)
		case "vendor":
			c.must(&seen, 4)
			c.string(&p.Vendor)
		case "productType":
			c.must(&seen, 5)
			c.string(&p.ProductType)
		case "status":
			c.must(&seen, 6)
			c.string(&p.Status)
		case "tags":
			c.must(&seen, 7)
			c.array(func() { p.Tags = append(p.Tags, ""); c.string(&p.Tags[len(p.Tags)-1]) })
		case "seo":
			c.must(&seen, 8)
			c.object(func(name string) {
				switch name {
				case "title":
					c.optional(&p.SEO.Title)
				case "description":
					c.optional(&p.SEO.Description)
				default:
					c.skip()
				}
			})
		case "variantsCount":
			readCount(c, &p.VariantsCount)
		case "mediaCount":
			readCount(c, &p.MediaCount)
		case "options":
			c.must(&seen, 9)
			c.array(func() { readOption(c, p.nextOption()) })
		default:
			c.skip()
		}
	})
	c.all(seen, 10)
}

func readCount(c *cursor, to *count) {
	if c.null() {
		return
	}
	var seen fields
	c.object(func(name string) {
		switch name {
		case "count":
			c.must(&seen, 0)
			c.integer(&to.Count)
		case "precision":
			c.must(&seen, 1)
			c.string(&to.Precision)
		default:
			c.skip()
		}
	})
	c.all(seen, 2)
}

func readOption(c *cursor, o *optionNode) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "name":
			c.must(&seen, 0)
			c.string(&o.Name)
		case "position":
			c.must(&seen, 1)
			c.integer(&o.Position)
		case "optionValues":
			c.must(&seen, 2)
			c.array(func() {
				o.OptionValues = append(o.OptionValues, nameNode{})
				c.field("name", &o.OptionValues[len(o.OptionValues)-1].Name)
			})
		default:
			c.skip()
		}
	})
	c.all(seen, 3)
}

func readMedia(c *cursor, m *mediaLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "__parentId":
			readParent(c, &m.ParentID)
		case "id":
			c.must(&seen, 0)
			c.string(&m.ID)
		case "mediaContentType":
			c.must(&seen, 1)
			c.string(&m.MediaContentType)
		case "status":
			c.must(&seen, 2)
			c.string(&m.Status)
		case "alt":
			c.optional(&m.Alt)
		case "mimeType":
			c.string(&m.MIMEType)
		case "originUrl":
			c.string(&m.OriginURL)
		case "image":
			c.field("url", &m.Image.URL)
		case "videoSources":
			c.array(func() { m.VideoSources = append(m.VideoSources, readSource(c)) })
		case "modelSources":
			c.array(func() { m.ModelSources = append(m.ModelSources, readSource(c)) })
		default:
			c.skip()
		}
	})
	c.all(seen, 3)
}

func readSource(c *cursor) (s mediaSource) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "url":
			c.must(&seen, 0)
			c.string(&s.URL)
		case "mimeType":
			c.string(&s.MIMEType)
		default:
			c.skip()
		}
	})
	c.all(seen, 1)
	return s
}
