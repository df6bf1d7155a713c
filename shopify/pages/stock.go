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

// itemPages are pages of inventory items with so many levels each. A page must not ask for
// more levels than there are locations: that would raise its price.
func itemPages(locations int) connection[inventoryData, records.Item] {
	return connection[inventoryData, records.Item]{
		document:  queries.Inventory,
		variables: map[string]any{"levelsFirst": min(max(locations, 1), queries.PageSize)},
		find:      func(d *inventoryData) *records.Page[records.Item] { return d.InventoryItems },
	}
}

// giveItems gives the levels of a page of inventory items, and asks for the levels of those
// whose levels did not fit into the page.
func (r partReader) giveItems(ctx context.Context, nodes []*records.Item) error {
	var cut []string
	for _, node := range nodes {
		if gid.HasKind(gid.Item, node.ID) && node.InventoryLevels.IsCut() {
			cut = append(cut, node.ID)
			continue
		}
		at := records.OnPage(queries.Inventory)
		if err := errors.Join(r.give.GiveItem(node.ID, at), r.give.GiveLevels(node.ID, node.InventoryLevels.Nodes, at)); err != nil {
			return err
		}
	}
	return forEachID(ctx, cut, r.readLevels)
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
