package records

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Collection is a collection as the documents ask for it.
type Collection struct {
	Fitness                                       `of:"Collection"`
	ID, Handle, Title, DescriptionHTML, SortOrder string `must:"be"`

	ProductsCount *Count
	Sources       []collectionSource `must:"be"`
	UpdatedAt     string
}

// collectionSource is one of the ways in which a collection gets its members.
type collectionSource struct {
	Kind      string `json:"__typename" must:"be"`
	Inclusion struct{ Conditions []struct{ ID string } }
}

func (c *Collection) Imported() importer.Category {
	return importer.Category{
		ID: c.ID, Title: c.Title, Slug: c.Handle, DescriptionHTML: c.DescriptionHTML,
		Kind: c.kind(), SortOrder: strings.ToLower(c.SortOrder), Members: c.ProductsCount.announced(),
	}
}

// ByHand reports whether the merchant sorts the members.
func (c *Collection) ByHand() bool { return c.SortOrder == "MANUAL" }

// kind is "smart" when the shop finds members by itself, by conditions or from
// other collections, and "manual" when the merchant picked all of them.
func (c *Collection) kind() string {
	if slices.ContainsFunc(c.Sources, collectionSource.finds) {
		return "smart"
	}
	return "manual"
}

func (s collectionSource) finds() bool {
	return s.Kind == "CollectionSubCollectionsSource" || len(s.Inclusion.Conditions) > 0
}
