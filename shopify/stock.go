package shopify

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// itemNode is an inventory item as the documents ask for it.
type itemNode struct {
	fitness
	ID              string `must:"be"`
	InventoryLevels page[levelNode]
}

type levelNode struct {
	fitness
	IsActive   bool           `must:"be"`
	Location   recordNode     `must:"be"`
	Quantities []quantityNode `must:"be"`
}

type quantityNode struct {
	Name     string `must:"be"`
	Quantity int64  `must:"be"`
}

type inventoryData struct {
	InventoryItems *page[itemNode] `must:"be"`
}

type itemLevelsData struct {
	InventoryItem *struct {
		InventoryLevels page[levelNode] `must:"be"`
	}
}

// stock reads the levels of all inventory items, locations being how many of
// them an item is expected to have at most. The shop does not count inventory
// items, but each variant has one: its own, or that of another.
func (r *pageReader) stock(ctx context.Context, locations int) error {
	return root[inventoryData, itemNode]{
		connection: connection[inventoryData, itemNode]{
			document:  inventoryDocument,
			variables: map[string]any{"levelsFirst": min(max(locations, 1), pageSize)},
			find:      func(d *inventoryData) *page[itemNode] { return d.InventoryItems },
		},
		tables: []*importer.Table{importer.Stock},
		ids:    itemIDs,
		id:     func(i *itemNode) string { return i.ID },
		take:   r.takeItems,
		count:  variantsCount,
		fewer:  r.items.count,
		long:   true,
	}.read(ctx, r)
}

func (r *pageReader) takeItems(ctx context.Context, nodes []*itemNode) error {
	var crowded []string
	for _, node := range nodes {
		if fits(itemIDs, node.ID) && (!node.InventoryLevels.whole() || node.InventoryLevels.PageInfo.HasNextPage) {
			crowded = append(crowded, node.ID)
			continue
		}
		at := place{document: inventoryDocument}
		if err := errors.Join(r.give.item(node.ID, at), r.give.levels(node.ID, node.InventoryLevels.Nodes, at)); err != nil {
			return err
		}
	}
	return eachOf(ctx, crowded, r.levelsOf)
}

// levelsOf reads all levels of one inventory item.
func (r *pageReader) levelsOf(ctx context.Context, item string) error {
	return itemLevels(item).walk(ctx, r.client, func(nodes []*levelNode) error {
		return r.give.levels(item, nodes, place{document: itemLevelsDocument})
	})
}

func itemLevels(item string) connection[itemLevelsData, levelNode] {
	return connection[itemLevelsData, levelNode]{
		document:  itemLevelsDocument,
		variables: map[string]any{"id": item},
		find: func(d *itemLevelsData) *page[levelNode] {
			if d.InventoryItem == nil {
				return nil
			}
			return &d.InventoryItem.InventoryLevels
		},
	}
}

// levels gives the levels of one item.
func (g giver) levels(item string, nodes []*levelNode, at place) error {
	for _, node := range nodes {
		if err := g.level(node, item, at); err != nil {
			return err
		}
	}
	return nil
}

func (l *levelNode) level(item string) (importer.Level, error) {
	level := importer.Level{InventoryItemID: item, WarehouseID: l.Location.ID, Active: l.IsActive}
	for _, q := range l.Quantities {
		to := quantityOf(&level, q.Name)
		if to == nil {
			continue
		}
		if to.Known {
			return level, fmt.Errorf("the quantity %s comes twice", q.Name)
		}
		*to = importer.Units(q.Quantity)
	}
	return level, nil
}

func quantityOf(level *importer.Level, name string) *importer.Quantity {
	switch name {
	case "available":
		return &level.Available
	case "on_hand":
		return &level.OnHand
	case "committed":
		return &level.Committed
	case "incoming":
		return &level.Incoming
	}
	return nil
}
