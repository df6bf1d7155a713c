package records

import (
	"cmp"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// Product holds the fields of a product that the documents ask for.
type Product struct {
	Fitness                                                         `of:"Product"`
	ID, Handle, Title, DescriptionHTML, Vendor, ProductType, Status string `must:"be"`

	Tags []string `must:"be"`
	SEO  struct {
		Title, Description *string
	} `must:"be"`
	VariantsCount, MediaCount Count
	Options                   []Option `must:"be"`
	UpdatedAt                 string
	Media                     Page[Media]

	options []importer.Option // memory for ForImport
	values  []string
}

// Option is an option of a product, such as Size.
type Option struct {
	Name         string `must:"be"`
	Position     int    `must:"be"`
	OptionValues []Name `must:"be"`
}

// Name is the name of a value of an option, such as Large.
type Name struct {
	Name string `must:"be"`
}

// ForImport returns the product as an import has it. The result shares memory with p.
func (p *Product) ForImport() importer.Product {
	return importer.Product{
		ID: p.ID, Title: p.Title, Slug: p.Handle, Status: inSmallLetters(p.Status), Vendor: p.Vendor, Type: p.ProductType,
		DescriptionHTML: p.DescriptionHTML, Tags: p.Tags, Options: p.namedOptions(),
		SEOTitle: p.SEO.Title, SEODescription: p.SEO.Description,
		Variants: p.VariantsCount.announcedCount(), Media: p.MediaCount.announcedCount(),
	}
}

// namedOptions returns the options in the order of the shop.
func (p *Product) namedOptions() []importer.Option {
	slices.SortStableFunc(p.Options, func(a, b Option) int { return cmp.Compare(a.Position, b.Position) })
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
