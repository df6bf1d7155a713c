package pages

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type inventoryData struct {
	InventoryItems *records.Page[records.Item] `must:"be"`
}

type itemLevelsData struct {
	InventoryItem *struct {
		InventoryLevels records.Page[records.Level] `must:"be"`
	}
}

// Stock reads the levels of all inventory items, locations being how many of
// them an item is expected to have at most. The shop does not count inventory
// items, but each variant has one: its own, or that of another.
func (r *Reader) Stock(ctx context.Context, locations int) error {
	return root[inventoryData, records.Item]{
		connection: connection[inventoryData, records.Item]{
			document:  queries.Inventory,
			variables: map[string]any{"levelsFirst": min(max(locations, 1), queries.PageSize)},
			find:      func(d *inventoryData) *records.Page[records.Item] { return d.InventoryItems },
		},
		tables: []*importer.Table{importer.Stock},
		ids:    gid.Item,
		id:     func(i *records.Item) string { return i.ID },
		take:   r.takeItems,
		count:  queries.VariantsCount,
		fewer:  r.items.Count,
		long:   true,
	}.read(ctx, r)
}

func (r *Reader) takeItems(ctx context.Context, nodes []*records.Item) error {
	var crowded []string
	for _, node := range nodes {
		if gid.Is(gid.Item, node.ID) && (!node.InventoryLevels.Whole() || node.InventoryLevels.PageInfo.HasNextPage) {
			crowded = append(crowded, node.ID)
			continue
		}
		at := records.OnPage(queries.Inventory)
		if err := errors.Join(r.give.Item(node.ID, at), r.give.Levels(node.ID, node.InventoryLevels.Nodes, at)); err != nil {
			return err
		}
	}
	return eachOf(ctx, crowded, r.levelsOf)
}

// levelsOf reads all levels of one inventory item.
func (r *Reader) levelsOf(ctx context.Context, item string) error {
	return itemLevels(item).walk(ctx, r.client, func(nodes []*records.Level) error {
		return r.give.Levels(item, nodes, records.OnPage(queries.ItemLevels))
	})
}

func itemLevels(item string) connection[itemLevelsData, records.Level] {
	return connection[itemLevelsData, records.Level]{
		document:  queries.ItemLevels,
		variables: map[string]any{"id": item},
		find: func(d *itemLevelsData) *records.Page[records.Level] {
			if d.InventoryItem == nil {
				return nil
			}
			return &d.InventoryItem.InventoryLevels
		},
	}
}
