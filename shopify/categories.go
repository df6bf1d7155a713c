package shopify

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/importer"
)

// membersAtOnce is how many collections have their members read side by side.
const membersAtOnce = 3

// collectionNode is a collection as the documents ask for it.
type collectionNode struct {
	ID, Handle, Title, DescriptionHTML, SortOrder string `must:"be"`

	ProductsCount *count
	Sources       []collectionSource `must:"be"`
	UpdatedAt     string
}

// collectionSource is one of the ways in which a collection gets its members.
type collectionSource struct {
	Kind      string `json:"__typename" must:"be"`
	Inclusion struct{ Conditions []struct{ ID string } }
}

type collectionsData struct{ Collections *page[collectionNode] }

type memberNode struct {
	ID string `must:"be"`
}

type collectionProductsData struct {
	Collection *struct {
		SortOrder string
		Products  page[memberNode]
	}
}

func collectionPages(variables map[string]any) connection[collectionsData, collectionNode] {
	return connection[collectionsData, collectionNode]{
		document:  collectionsDocument,
		variables: variables,
		find:      func(d *collectionsData) *page[collectionNode] { return d.Collections },
	}
}

// categories reads all collections with their members.
func (r *reading) categories(ctx context.Context) error {
	return r.collections(ctx, func(*collectionNode) bool { return true })
}

// collections reads all collections, and the members of those that withMembers
// chooses.
func (r *reading) collections(ctx context.Context, withMembers func(*collectionNode) bool) error {
	return root[collectionsData, collectionNode]{
		connection: collectionPages(nil),
		tables:     []*importer.Table{importer.Categories, importer.Memberships},
		ids:        collectionIDs,
		id:         func(c *collectionNode) string { return c.ID },
		take: func(ctx context.Context, nodes []*collectionNode) error {
			return r.takeCollections(ctx, nodes, withMembers)
		},
		count: collectionsCount,
	}.read(ctx, r)
}

func (r *reading) takeCollections(ctx context.Context, nodes []*collectionNode, withMembers func(*collectionNode) bool) error {
	for _, node := range nodes {
		if err := r.intake.Category(node.category()); err != nil {
			return err
		}
	}
	members, ctx := errgroup.WithContext(ctx)
	members.SetLimit(membersAtOnce)
	for _, node := range nodes {
		if withMembers(node) {
			members.Go(func() error { return r.membersOf(ctx, node.ID) })
		}
	}
	return members.Wait()
}

// membersOf reads all members of one collection. Only an order made by hand is
// kept; the others change by themselves.
func (r *reading) membersOf(ctx context.Context, collection string) error {
	manual, position := false, int64(0)
	return connection[collectionProductsData, memberNode]{
		document:  collectionProductsDocument,
		variables: map[string]any{"id": collection},
		find: func(d *collectionProductsData) *page[memberNode] {
			if d.Collection == nil {
				return nil
			}
			manual = d.Collection.SortOrder == "MANUAL"
			return &d.Collection.Products
		},
	}.walk(ctx, r.client, func(nodes []*memberNode) error {
		for _, node := range nodes {
			position++
			membership := importer.Membership{CategoryID: collection, ProductID: node.ID}
			if manual {
				membership.Position = new(position)
			}
			if err := r.intake.Membership(membership); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *collectionNode) category() importer.Category {
	return importer.Category{
		ID: c.ID, Title: c.Title, Slug: c.Handle, DescriptionHTML: c.DescriptionHTML,
		Kind: c.kind(), SortOrder: strings.ToLower(c.SortOrder), Members: c.ProductsCount.announced(),
	}
}

// byHand reports whether the merchant sorts the members.
func (c *collectionNode) byHand() bool { return c.SortOrder == "MANUAL" }

// kind is "smart" when the shop finds members by itself, by conditions or from
// other collections, and "manual" when the merchant picked all of them.
func (c *collectionNode) kind() string {
	if slices.ContainsFunc(c.Sources, collectionSource.finds) {
		return "smart"
	}
	return "manual"
}

func (s collectionSource) finds() bool {
	return s.Kind == "CollectionSubCollectionsSource" || len(s.Inclusion.Conditions) > 0
}
