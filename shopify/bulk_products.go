package shopify

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
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
	order    mediaOrder
}

func newProductLines(give giver) *productLines {
	return &productLines{
		giver: give, products: decoder[productNode]{read: (*cursor).product, clear: (*productNode).clear, spares: give.spares},
		media: decoder[mediaLine]{read: (*cursor).mediaLine, clear: func(m *mediaLine) {
			*m = mediaLine{mediaNode: mediaNode{VideoSources: m.VideoSources[:0], ModelSources: m.ModelSources[:0]}}
		}},
	}
}

func (l *productLines) begin() { l.order = mediaOrder{} }

func (l *productLines) take(one line) (mark, error) {
	if one.child {
		media, err := l.media.node(one.text)
		if err != nil {
			return mark{}, garbled(err)
		}
		if media.ParentID.there {
			return l.takeMedia(media, one)
		}
	}
	return l.takeProduct(one)
}

func (l *productLines) takeMedia(media *mediaLine, one line) (mark, error) {
	which := below(productIDs, media.ParentID.id, media.ID)
	if err := l.media.whole(); err != nil {
		return which, garbled(err)
	}
	if which.id != 0 {
		l.order.line(which)
	}
	return which, l.giver.media(&media.mediaNode, media.ParentID.id, one.number, one.at(bulkProducts))
}

func (l *productLines) takeProduct(one line) (mark, error) {
	node, err := l.products.node(one.text)
	if err == nil {
		err = l.products.whole()
	}
	if err != nil {
		return mark{}, garbled(err)
	}
	which := top(productIDs, node.ID)
	switch first := node.FeaturedMedia.ID; {
	case which.id == 0: // nobody knows whose first it is
	case !isID(first) && (first != "" || node.MediaCount.Count > 0):
		l.order.untold(which.id)
	case first == "":
		l.order.product(which.id, 0)
	default:
		l.order.product(which.id, number(first))
	}
	return which, l.product(node, one.at(bulkProducts))
}

// child reports whether the line may be that of a child. Which it is shows when
// it is decoded: a text may hold the word.
func child(line []byte) bool {
	return namesParent(line[max(0, len(line)-lastField):]) || namesParent(line) // it mostly stands last
}

// lastField is about how long the field with the parent is.
const lastField = 80

// namesParent looks for the name of that field by its first letter, which is rare.
func namesParent(text []byte) bool {
	for {
		at := bytes.IndexByte(text, parentField[0])
		if at < 0 {
			return false
		}
		if bytes.HasPrefix(text[at:], parentField) {
			return true
		}
		text = text[at+1:]
	}
}

var parentField = []byte(`__parentId"`)

func garbled(err error) error { return fmt.Errorf("%w: %w", errBadLine, err) }

// How the ids of each kind begin.
const (
	productIDs    = "gid://shopify/Product/"
	variantIDs    = "gid://shopify/ProductVariant/"
	itemIDs       = "gid://shopify/InventoryItem/"
	locationIDs   = "gid://shopify/Location/"
	collectionIDs = "gid://shopify/Collection/"
	shopIDs       = "gid://shopify/Shop/"
)

// top is the mark of a record that stands for itself. One without an id of its kind has
// none.
func top(ids, id string) mark {
	if !fits(ids, id) {
		return mark{}
	}
	return mark{id: number(id)}
}

// fits reports whether an id begins like that.
func fits(ids, id string) bool {
	rest, found := strings.CutPrefix(id, ids)
	return found && isID(rest)
}

// isID reports whether a text could be an id, or the end of one.
func isID(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return text != ""
}

// below is the mark of a part of a record. One that lacks an id is only told apart from
// what stands for itself.
func below(ids, parent, id string) mark {
	if !fits(ids, parent) || !isID(id) {
		return mark{parent: noParent}
	}
	return mark{number(parent), number(id)}
}

const noParent = math.MaxUint64

// clear empties the node but for the memory of its lists.
func (p *productNode) clear() {
	*p = productNode{Tags: p.Tags[:0], Options: p.Options[:0], options: p.options, values: p.values}
}

// nextOption adds an option, with the memory that one had before.
func (p *productNode) nextOption() *optionNode {
	n := len(p.Options)
	p.Options = slices.Grow(p.Options, 1)[:n+1]
	o := &p.Options[n]
	*o = optionNode{OptionValues: o.OptionValues[:0]}
	return o
}

func (c *cursor) product(p *productNode) {
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
			c.count(&p.VariantsCount)
		case "featuredMedia":
			c.field("id", &p.FeaturedMedia.ID)
		case "mediaCount":
			c.count(&p.MediaCount)
		case "options":
			c.must(&seen, 9)
			c.array(func() { c.option(p.nextOption()) })
		default:
			c.skip()
		}
	})
	c.all(seen, 10)
}

func (c *cursor) count(to *count) {
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

func (c *cursor) option(o *optionNode) {
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

func (c *cursor) mediaLine(m *mediaLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "__parentId":
			c.parent(&m.ParentID)
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
			c.array(func() { m.VideoSources = append(m.VideoSources, c.source()) })
		case "modelSources":
			c.array(func() { m.ModelSources = append(m.ModelSources, c.source()) })
		default:
			c.skip()
		}
	})
	c.all(seen, 3)
}

func (c *cursor) source() (s mediaSource) {
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
