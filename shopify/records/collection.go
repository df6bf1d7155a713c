package records

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Collection holds the fields of a collection that the documents ask for.
type Collection struct {
	Fitness                                       `of:"Collection"`
	ID, Handle, Title, DescriptionHTML, SortOrder string `must:"be"`

	ProductsCount *Count
	Sources       []collectionSource `must:"be"`
	UpdatedAt     string
}

// collectionSource is one of the ways in which a collection gets its members
// (https://shopify.dev/changelog/new-collection-model-and-apis-now-available).
type collectionSource struct {
	Kind      string `json:"__typename" must:"be"`
	Inclusion struct{ Conditions []struct{ ID string } }
}

// ForImport returns the collection as an import has it.
func (c *Collection) ForImport() importer.Category {
	return importer.Category{
		ID: c.ID, Title: c.Title, Slug: c.Handle, DescriptionHTML: c.DescriptionHTML,
		Kind: c.sourceKind(), SortOrder: strings.ToLower(c.SortOrder), Members: c.ProductsCount.announcedCount(),
	}
}

// ByHand reports whether the merchant sorts the members by hand.
func (c *Collection) ByHand() bool { return c.SortOrder == "MANUAL" }

// sourceKind returns "smart" when the shop finds members by conditions or in other collections,
// "manual" when the merchant picked all of them.
func (c *Collection) sourceKind() string {
	if slices.ContainsFunc(c.Sources, collectionSource.findsMembers) {
		return "smart"
	}
	return "manual"
}

func (s collectionSource) findsMembers() bool {
	return s.Kind == "CollectionSubCollectionsSource" || len(s.Inclusion.Conditions) > 0
}
