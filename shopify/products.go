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
	ID, Handle, Title, DescriptionHTML, Vendor, ProductType, Status, UpdatedAt string

	Tags                      []string
	SEO                       struct{ Title, Description *string }
	VariantsCount, MediaCount *count
	Options                   []optionNode
	Media                     page[mediaNode]
}

type optionNode struct {
	Name         string
	Position     int
	OptionValues []nameNode
}

type nameNode struct{ Name string }

// mediaNode is an item of any of the four kinds of media.
type mediaNode struct {
	ID, MediaContentType, Status string
	Alt                          *string

	MIMEType     string // of images
	Image        *imageNode
	OriginURL    string // of videos elsewhere
	VideoSources []mediaSource
	ModelSources []mediaSource
}

type imageNode struct{ URL string }

type mediaSource struct{ URL, MIMEType string }

type productsData struct{ Products *page[productNode] }

type productMediaData struct {
	Product *struct{ Media page[mediaNode] }
}

func productPages(variables map[string]any) connection[productsData, productNode] {
	return connection[productsData, productNode]{
		document:  productsDocument,
		variables: variables,
		find:      func(d *productsData) *page[productNode] { return d.Products },
	}
}

// products reads all products, whatever their status, with their media.
func (r *reading) products(ctx context.Context) error {
	return root[productsData, productNode]{
		connection: productPages(nil),
		tables:     []*importer.Table{importer.Products, importer.Media},
		id:         func(p *productNode) string { return p.ID },
		take:       r.takeProducts,
		count:      productsCount,
	}.read(ctx, r)
}

func (r *reading) takeProducts(ctx context.Context, nodes []*productNode) error {
	var crowded []string
	for _, node := range nodes {
		if err := r.intake.Product(node.product()); err != nil {
			return err
		}
		if !node.Media.whole() || node.Media.PageInfo.HasNextPage {
			crowded = append(crowded, node.ID)
			continue
		}
		if err := giveMedia(r.intake, node.ID, 0, node.Media.Nodes); err != nil {
			return err
		}
	}
	for _, id := range crowded {
		if err := r.mediaOf(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// mediaOf reads all media of one product.
func (r *reading) mediaOf(ctx context.Context, product string) error {
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
		err := giveMedia(r.intake, product, before, nodes)
		before += len(nodes)
		return err
	})
}

// giveMedia gives media in their order; before is how many of the product came
// earlier.
func giveMedia(intake importer.Intake, product string, before int, nodes []*mediaNode) error {
	for i, node := range nodes {
		if err := intake.Media(node.item(product, before+i+1)); err != nil {
			return err
		}
	}
	return nil
}

func (p *productNode) product() importer.Product {
	return importer.Product{
		ID: p.ID, Title: p.Title, Slug: p.Handle, Status: strings.ToLower(p.Status), Vendor: p.Vendor, Type: p.ProductType,
		DescriptionHTML: p.DescriptionHTML, Tags: p.Tags, Options: p.options(),
		SEOTitle: p.SEO.Title, SEODescription: p.SEO.Description,
		Variants: p.VariantsCount.announced(), Media: p.MediaCount.announced(),
	}
}

func (p *productNode) options() []importer.Option {
	slices.SortStableFunc(p.Options, func(a, b optionNode) int { return cmp.Compare(a.Position, b.Position) })
	var options []importer.Option
	for _, o := range p.Options {
		option := importer.Option{Name: o.Name, Values: []string{}}
		for _, value := range o.OptionValues {
			option.Values = append(option.Values, value.Name)
		}
		options = append(options, option)
	}
	return options
}

func (m *mediaNode) item(product string, position int) importer.MediaItem {
	address, mimeType := m.source()
	item := importer.MediaItem{
		ID: m.ID, ProductID: product, Type: strings.ToLower(m.MediaContentType), Status: strings.ToLower(m.Status),
		Alt: m.Alt, Order: int64(position), MIMEType: mimeType,
	}
	if m.Status == "READY" && address != "" {
		item.URL = &address
	}
	return item
}

// source tells where the file is. Shopify lists the sources of a video or model
// with the best first.
func (m *mediaNode) source() (address, mimeType string) {
	sources := append(m.VideoSources, m.ModelSources...)
	switch {
	case m.Image != nil:
		return m.Image.URL, m.MIMEType
	case len(sources) > 0:
		return sources[0].URL, sources[0].MIMEType
	}
	return m.OriginURL, m.MIMEType
}
