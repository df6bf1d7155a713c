package shopify

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// productNode is a product as the documents ask for it.
type productNode struct {
	fitness                                                         `of:"Product"`
	ID, Handle, Title, DescriptionHTML, Vendor, ProductType, Status string `must:"be"`

	Tags []string `must:"be"`
	SEO  struct {
		Title, Description *string
	} `must:"be"`
	VariantsCount, MediaCount count
	Options                   []optionNode `must:"be"`
	UpdatedAt                 string
	Media                     page[mediaNode]

	options []importer.Option // as the catalogue names them
	values  []string
}

type optionNode struct {
	Name         string     `must:"be"`
	Position     int        `must:"be"`
	OptionValues []nameNode `must:"be"`
}

type nameNode struct {
	Name string `must:"be"`
}

// mediaNode is an item of any of the four kinds of media.
type mediaNode struct {
	fitness
	ID, MediaContentType, Status string `must:"be"`
	Alt                          *string

	MIMEType string // of images
	Image    struct {
		URL string `must:"be"`
	}
	OriginURL    string // of videos elsewhere
	VideoSources []mediaSource
	ModelSources []mediaSource

	address string
}

type mediaSource struct {
	URL      string `must:"be"`
	MIMEType string
}

type productsData struct {
	Products *page[productNode] `must:"be"`
}

type productMediaData struct {
	Product *struct {
		Media page[mediaNode] `must:"be"`
	}
}

func productPages(variables map[string]any) connection[productsData, productNode] {
	return connection[productsData, productNode]{
		document:  productsDocument,
		variables: variables,
		find:      func(d *productsData) *page[productNode] { return d.Products },
	}
}

// products reads all products, whatever their status, with their media.
func (r *pageReader) products(ctx context.Context) error {
	return root[productsData, productNode]{
		connection: productPages(nil),
		tables:     []*importer.Table{importer.Products, importer.Media},
		ids:        productIDs,
		id:         func(p *productNode) string { return p.ID },
		take:       r.takeProducts,
		count:      productsCount,
		long:       true,
	}.read(ctx, r)
}

func (r *pageReader) takeProducts(ctx context.Context, nodes []*productNode) error {
	var crowded []string
	give, at := r.give, place{document: productsDocument}
	for _, node := range nodes {
		if err := give.product(node, at); err != nil {
			return err
		}
		if fits(productIDs, node.ID) && (!node.Media.whole() || node.Media.PageInfo.HasNextPage) {
			crowded = append(crowded, node.ID)
			continue
		}
		if err := give.mediaOf(node.ID, 0, node.Media.Nodes, at); err != nil {
			return err
		}
	}
	return eachOf(ctx, crowded, r.mediaOf)
}

// mediaOf reads all media of one product.
func (r *pageReader) mediaOf(ctx context.Context, product string) error {
	before := 0
	return connection[productMediaData, mediaNode]{
		document:  productMediaDocument,
		variables: map[string]any{"id": product},
		find: func(d *productMediaData) *page[mediaNode] {
			if d.Product == nil {
				return nil
			}
			return &d.Product.Media
		},
	}.walk(ctx, r.client, func(nodes []*mediaNode) error {
		err := r.give.mediaOf(product, before, nodes, place{document: productMediaDocument})
		before += len(nodes)
		return err
	})
}

// mediaOf gives media in their order; before is how many of the product came earlier.
func (g giver) mediaOf(product string, before int, nodes []*mediaNode, at place) error {
	for i, node := range nodes {
		if err := g.media(node, product, before+i+1, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *productNode) product() importer.Product {
	return importer.Product{
		ID: p.ID, Title: p.Title, Slug: p.Handle, Status: lower(p.Status), Vendor: p.Vendor, Type: p.ProductType,
		DescriptionHTML: p.DescriptionHTML, Tags: p.Tags, Options: p.named(),
		SEOTitle: p.SEO.Title, SEODescription: p.SEO.Description,
		Variants: p.VariantsCount.announced(), Media: p.MediaCount.announced(),
	}
}

// named gives the options as the catalogue names them, in memory of the node.
func (p *productNode) named() []importer.Option {
	slices.SortStableFunc(p.Options, func(a, b optionNode) int { return cmp.Compare(a.Position, b.Position) })
	p.options, p.values = p.options[:0], p.values[:0]
	for _, o := range p.Options {
		from := len(p.values)
		for _, value := range o.OptionValues {
			p.values = append(p.values, value.Name)
		}
		p.options = append(p.options, importer.Option{Name: o.Name, Values: p.values[from:len(p.values):len(p.values)]})
	}
	return p.options
}

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

// lower gives the words of the shop in small letters, as the catalogue has them.
func lower(word string) string {
	if known := smallLetters[word]; known != "" {
		return known
	}
	return strings.ToLower(word)
}

// smallLetters has the words that come with every record.
var smallLetters = map[string]string{
	"ACTIVE": "active", "ARCHIVED": "archived", "DRAFT": "draft", "IMAGE": "image", "READY": "ready",
	"GRAMS": "grams", "KILOGRAMS": "kilograms", "OUNCES": "ounces", "POUNDS": "pounds",
}

func (m *mediaNode) item(product string, position int) importer.MediaItem {
	item := importer.MediaItem{
		ID: m.ID, ProductID: product, Type: lower(m.MediaContentType), Status: lower(m.Status), Alt: m.Alt, Order: int64(position),
	}
	m.address, item.MIMEType = m.source()
	item.MIMEType = storable(item.MIMEType) // it is shown, not stored
	if m.Status == "READY" && m.address != "" {
		item.URL = &m.address
	}
	return item
}

// source tells where the file is. Shopify lists the sources of a video or model
// with the best first.
func (m *mediaNode) source() (address, mimeType string) {
	for _, sources := range [][]mediaSource{m.VideoSources, m.ModelSources} {
		if len(sources) > 0 {
			return sources[0].URL, sources[0].MIMEType
		}
	}
	return cmp.Or(m.Image.URL, m.OriginURL), m.MIMEType
}
