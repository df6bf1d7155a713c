package shopify

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// collectionNode is a collection as the documents ask for it.
type collectionNode struct {
	fitness                                       `of:"Collection"`
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

type collectionsData struct {
	Collections *page[collectionNode] `must:"be"`
}

type memberNode struct {
	fitness
	ID     string `must:"be"`
	placed bool   // by the merchant
}

type collectionProductsData struct {
	Collection *struct {
		SortOrder json.RawMessage  // whatever it is: it is looked at where the collection is
		Products  page[memberNode] `must:"be"`
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
func (r *pageReader) categories(ctx context.Context) error {
	tables := []*importer.Table{importer.Categories, importer.Memberships}
	return r.collections(ctx, tables, func(*collectionNode) bool { return true })
}

// collections reads all collections, and the members of those that withMembers
// chooses.
func (r *pageReader) collections(ctx context.Context, tables []*importer.Table, withMembers func(*collectionNode) bool) error {
	return root[collectionsData, collectionNode]{
		connection: collectionPages(nil),
		tables:     tables,
		ids:        collectionIDs,
		id:         func(c *collectionNode) string { return c.ID },
		take: func(ctx context.Context, nodes []*collectionNode) error {
			return r.takeCollections(ctx, nodes, withMembers)
		},
		count: collectionsCount,
	}.read(ctx, r)
}

func (r *pageReader) takeCollections(ctx context.Context, nodes []*collectionNode, withMembers func(*collectionNode) bool) error {
	var chosen []string
	for _, node := range nodes {
		if err := r.give.category(node, place{document: collectionsDocument}); err != nil {
			return err
		}
		if fits(collectionIDs, node.ID) && withMembers(node) {
			chosen = append(chosen, node.ID)
		}
	}
	return eachOf(ctx, chosen, r.membersOf)
}

// membersOf reads all members of one collection. Only an order made by hand is
// kept; the others change by themselves.
func (r *pageReader) membersOf(ctx context.Context, collection string) error {
	position := int64(0)
	return connection[collectionProductsData, memberNode]{
		document:  collectionProductsDocument,
		variables: map[string]any{"id": collection},
		find: func(d *collectionProductsData) *page[memberNode] {
			if d.Collection == nil {
				return nil
			}
			for _, node := range d.Collection.Products.Nodes {
				if node != nil {
					node.placed = string(d.Collection.SortOrder) == `"MANUAL"`
				}
			}
			return &d.Collection.Products
		},
	}.walk(ctx, r.client, func(nodes []*memberNode) error {
		for _, node := range nodes {
			position++
			var at *int64
			if node.placed {
				at = new(position)
			}
			if err := r.give.member(&node.fitness, collection, node.ID, at, place{document: collectionProductsDocument}); err != nil {
				return err
			}
		}
		return nil
	})
}

// membersByHand reads the members of those collections. One that went meanwhile
// never existed.
func (r *pageReader) membersByHand(ctx context.Context, collections []string) error {
	return eachOf(ctx, collections, func(ctx context.Context, id string) error {
		err := r.membersOf(ctx, id)
		if errors.Is(err, errMoved) {
			return r.intake.Replace(importer.ParentRef{Part: importer.Memberships, ID: id})
		}
		return err
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
