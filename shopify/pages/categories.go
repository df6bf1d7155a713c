package pages

import (
	"context"
	"encoding/json"

	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type collectionsData struct {
	Collections *records.Page[records.Collection] `must:"be"`
}

type member struct {
	records.Fitness
	ID     string `must:"be"`
	placed bool   // the merchant chose its position
}

type collectionProductsData struct {
	Collection *struct {
		SortOrder json.RawMessage      // not decoded: whether it fits is checked where the collection is read
		Products  records.Page[member] `must:"be"`
	}
}

func collectionPages(variables map[string]any) connection[collectionsData, records.Collection] {
	return connection[collectionsData, records.Collection]{
		document:  queries.Collections,
		variables: variables,
		find:      func(d *collectionsData) *records.Page[records.Collection] { return d.Collections },
	}
}

// giveCollections gives a page of collections, and asks for the members of those for which
// withMembers returns true.
func (r partReader) giveCollections(ctx context.Context, nodes []*records.Collection, withMembers func(*records.Collection) bool) error {
	var chosen []string
	for _, node := range nodes {
		if err := r.give.GiveCategory(node, records.OnPage(queries.Collections)); err != nil {
			return err
		}
		if gid.HasKind(gid.Collection, node.ID) && withMembers(node) {
			chosen = append(chosen, node.ID)
		}
	}
	return forEachID(ctx, chosen, r.readMembers)
}

// readMembers gives all members of a collection. They have positions only where the merchant
// sorts them by hand: all other orders change by themselves.
func (r partReader) readMembers(ctx context.Context, collection string) error {
	position := int64(0)
	return connection[collectionProductsData, member]{
		document:  queries.CollectionProducts,
		variables: map[string]any{"id": collection},
		find: func(d *collectionProductsData) *records.Page[member] {
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
	}.walkPages(ctx, r.client, func(nodes []*member) error {
		for _, node := range nodes {
			position++
			var at *int64
			if node.placed {
				at = new(position)
			}
			if err := r.give.GiveMember(&node.Fitness, collection, node.ID, at, records.OnPage(queries.CollectionProducts)); err != nil {
				return err
			}
		}
		return nil
	})
}
