package pages

import (
	"context"
	"errors"

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

func itemPages(locations int) connection[inventoryData, records.Item] {
	return connection[inventoryData, records.Item]{
		document:  queries.Inventory,
		variables: map[string]any{"levelsFirst": min(max(locations, 1), queries.PageSize)},
		find:      func(d *inventoryData) *records.Page[records.Item] { return d.InventoryItems },
	}
}

// giveItems gives a page of inventory items, and asks for the levels of those that have more
// than fit.
func (r partReader) giveItems(ctx context.Context, nodes []*records.Item) error {
	var crowded []string
	for _, node := range nodes {
		if gid.HasKind(gid.Item, node.ID) && (!node.InventoryLevels.Whole() || node.InventoryLevels.PageInfo.HasNextPage) {
			crowded = append(crowded, node.ID)
			continue
		}
		at := records.OnPage(queries.Inventory)
		if err := errors.Join(r.give.GiveItem(node.ID, at), r.give.GiveLevels(node.ID, node.InventoryLevels.Nodes, at)); err != nil {
			return err
		}
	}
	return eachOf(ctx, crowded, r.readLevels)
}

// readLevels reads all levels of one inventory item.
func (r partReader) readLevels(ctx context.Context, item string) error {
	return itemLevels(item).walkPages(ctx, r.client, func(nodes []*records.Level) error {
		return r.give.GiveLevels(item, nodes, records.OnPage(queries.ItemLevels))
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
