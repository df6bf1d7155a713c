package pages

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// ReadProducts reads all products, whatever their status, with their media.
func (r *Reader) ReadProducts(ctx context.Context) error {
	return rootList[productsData, records.Product]{
		connection: productPages(nil),
		tables:     []*importer.Table{importer.Products, importer.Media},
		ids:        gid.Product,
		id:         func(p *records.Product) string { return p.ID },
		give:       r.parts.giveProducts,
		count:      queries.ProductsCount,
		long:       true,
	}.readAll(ctx, r)
}

// ReadVariants reads the variants of all products.
func (r *Reader) ReadVariants(ctx context.Context) error {
	return rootList[variantsData, records.Variant]{
		connection: variantPages(nil),
		tables:     []*importer.Table{importer.Variants, importer.MediaLinks},
		ids:        gid.Variant,
		id:         func(v *records.Variant) string { return v.ID },
		begin:      r.items.Restart,
		give: func(ctx context.Context, nodes []*records.Variant) error {
			for _, node := range nodes {
				if err := r.items.Add(node.InventoryItem.ID); err != nil {
					return err
				}
			}
			return r.parts.giveVariants(ctx, nodes)
		},
		count: queries.VariantsCount,
		long:  true,
	}.readAll(ctx, r)
}

// ReadStock reads the levels of all inventory items; locations is how many locations an
// item is expected to have at most. The shop does not count inventory items, but each
// variant has one, which it may share with other variants.
func (r *Reader) ReadStock(ctx context.Context, locations int) error {
	return rootList[inventoryData, records.Item]{
		connection: itemPages(locations),
		tables:     []*importer.Table{importer.Stock},
		ids:        gid.Item,
		id:         func(i *records.Item) string { return i.ID },
		give:       r.parts.giveItems,
		count:      queries.VariantsCount,
		fewer:      r.items.CountShared,
		long:       true,
	}.readAll(ctx, r)
}

// ReadCategories reads all collections with their members.
func (r *Reader) ReadCategories(ctx context.Context) error {
	tables := []*importer.Table{importer.Categories, importer.Memberships}
	return r.ReadCollections(ctx, tables, func(*records.Collection) bool { return true })
}

// ReadCollections reads all collections, and the members of those for which withMembers
// returns true. tables are the tables that this fills.
func (r *Reader) ReadCollections(ctx context.Context, tables []*importer.Table, withMembers func(*records.Collection) bool) error {
	return rootList[collectionsData, records.Collection]{
		connection: collectionPages(nil),
		tables:     tables,
		ids:        gid.Collection,
		id:         func(c *records.Collection) string { return c.ID },
		give: func(ctx context.Context, nodes []*records.Collection) error {
			return r.parts.giveCollections(ctx, nodes, withMembers)
		},
		count: queries.CollectionsCount,
	}.readAll(ctx, r)
}

// ReadMembersByHand reads the members of the collections with these ids. The members of a
// collection that is deleted meanwhile are forgotten.
func (r *Reader) ReadMembersByHand(ctx context.Context, collections []string) error {
	return forEachID(ctx, collections, func(ctx context.Context, id string) error {
		err := r.parts.readMembers(ctx, id)
		if errors.Is(err, client.ErrMoved) {
			return r.intake.ReplaceParent(importer.ParentRef{Part: importer.Memberships, ID: id})
		}
		return err
	})
}

// ReadWarehouses reads all locations, deactivated ones and those of fulfilment services
// included, and returns how many there are. The shop's count leaves those two out and is
// therefore only a lower bound
// (https://shopify.dev/docs/api/admin-graphql/latest/queries/locationsCount).
func (r *Reader) ReadWarehouses(ctx context.Context) (int, error) {
	var locations int
	err := rootList[locationsData, records.Location]{
		connection: locationPages(),
		tables:     []*importer.Table{importer.Warehouses},
		ids:        gid.Location,
		id:         func(l *records.Location) string { return l.ID },
		give: func(_ context.Context, nodes []*records.Location) error {
			locations += len(nodes)
			return r.parts.giveLocations(nodes)
		},
		count: queries.LocationsCount,
	}.readAll(ctx, r)
	return locations, err
}
