package admin

import (
	"slices"
	"strconv"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

func itemField(x query, i *catalogue.Item, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return i.GlobalID(), nil
	case "legacyResourceId":
		return strconv.FormatInt(i.ID, 10), nil
	case "sku":
		return i.SKU(), nil
	case "duplicateSkuCount":
		return duplicateSKUs(x.api.Shop, i), nil
	case "tracked":
		return i.Tracked, nil
	case "requiresShipping":
		return i.RequiresShipping, nil
	case "createdAt":
		return i.CreatedAt, nil
	case "updatedAt":
		return i.UpdatedAt, nil
	case "unitCost":
		if i.UnitCost == nil {
			return nil, nil
		}
		return money{*i.UnitCost, x.api.Identity.Currency}, nil
	case "measurement":
		return measurement{i}, nil
	case "countryCodeOfOrigin":
		return i.CountryOfOrigin, nil
	case "harmonizedSystemCode":
		return i.HSCode, nil
	case "provinceCodeOfOrigin", "inventoryHistoryUrl":
		return nil, nil
	case "variants":
		return graph.Paginate(i.Variants, catalogue.ByVariantID, args)
	}
	return itemStockField(x, i, name, args)
}

func itemStockField(x query, i *catalogue.Item, name string, args graph.Arguments) (any, error) {
	switch name {
	case "inventoryLevels":
		return levelPage(x, i.Levels, args)
	case "inventoryLevel":
		number, err := graph.WantID(args.Text("locationId"), "Location")
		if err != nil {
			return nil, err
		}
		return levelWhere(i.Levels, args, func(l *catalogue.Level) bool { return l.Location.ID == number }), nil
	case "locationsCount":
		return exactCount(len(catalogue.ShownLevels(i.Levels, false))), nil
	}
	return nil, graph.NotAnswered("InventoryItem", name)
}

// duplicateSKUs counts the other items of the same SKU.
func duplicateSKUs(s *catalogue.Shop, i *catalogue.Item) int {
	if i.SKUText() == "" {
		return 0
	}
	others := 0
	for _, other := range s.Items {
		if other != i && other.SKUText() == i.SKUText() {
			others++
		}
	}
	return others
}

func levelPage(x query, levels []*catalogue.Level, args graph.Arguments) (any, error) {
	shown := searchRows(x, catalogue.ShownLevels(levels, args.Flag("includeInactive")), args, map[string]searchField[*catalogue.Level]{
		"id":                byID((*catalogue.Level).IDNumber),
		"inventory_item_id": byID(func(l *catalogue.Level) int64 { return l.Item.ID }),
		"created_at":        byTime(func(l *catalogue.Level) catalogue.Moment { return l.CreatedAt }),
		"updated_at":        byTime(func(l *catalogue.Level) catalogue.Moment { return l.UpdatedAt }),
	})
	return graph.Paginate(shown, catalogue.ByLevelID, args)
}

func levelWhere(levels []*catalogue.Level, args graph.Arguments, wanted func(*catalogue.Level) bool) any {
	shown := catalogue.ShownLevels(levels, args.Flag("includeInactive"))
	if at := slices.IndexFunc(shown, wanted); at >= 0 {
		return shown[at]
	}
	return nil
}

type measurement struct{ item *catalogue.Item }

func (m measurement) TypeName() string { return "InventoryItemMeasurement" }

func (m measurement) FieldValue(name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("InventoryItemMeasurement", m.item.ID), nil
	case "weight":
		return weight{m.item.Weight, m.item.WeightUnit}, nil
	}
	return nil, graph.NotAnswered("InventoryItemMeasurement", name)
}

func levelField(l *catalogue.Level, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return l.GlobalID(), nil
	case "isActive":
		return l.InUse(), nil
	case "createdAt":
		return l.CreatedAt, nil
	case "updatedAt":
		return l.UpdatedAt, nil
	case "item":
		return l.Item, nil
	case "location":
		return l.Location, nil
	case "quantities":
		return levelQuantities(l, args.Texts("names"))
	case "canDeactivate":
		return l.Numbers[catalogue.Committed] == 0 && l.Numbers[catalogue.Incoming] == 0, nil
	case "deactivationAlert":
		return nil, nil
	}
	return nil, graph.NotAnswered("InventoryLevel", name)
}

func levelQuantities(l *catalogue.Level, names []string) (any, error) {
	quantities := make([]graph.Object, 0, len(names))
	for _, name := range names {
		state := slices.Index(catalogue.QuantityNames(), name)
		if state < 0 {
			// What Shopify answers to an unknown name is not known.
			return nil, graph.NewFault("BAD_REQUEST", "The quantity name %q is not supported.", name)
		}
		if state != catalogue.Available || !l.Unknown {
			quantities = append(quantities, quantity{l, state})
		}
	}
	return quantities, nil
}

// quantity is one number of a level.
type quantity struct {
	level *catalogue.Level
	state int
}

func (q quantity) TypeName() string { return "InventoryQuantity" }

func (q quantity) FieldValue(name string) (any, error) {
	stateName := catalogue.QuantityNames()[q.state]
	switch name {
	case "id":
		return gid.FormatID("InventoryQuantity", q.level.ID) + "?inventory_item_id=" + strconv.FormatInt(q.level.Item.ID, 10) + "&name=" + stateName, nil
	case "name":
		return stateName, nil
	case "quantity":
		return int(q.level.Numbers[q.state]), nil
	case "updatedAt":
		if q.state == catalogue.OnHand || q.state == catalogue.Incoming {
			return nil, nil // as captured answers mostly have it
		}
		return q.level.UpdatedAt, nil
	}
	return nil, graph.NotAnswered("InventoryQuantity", name)
}

type inventoryProperties struct{}

func (inventoryProperties) TypeName() string { return "InventoryProperties" }

func (inventoryProperties) FieldValue(name string) (any, error) {
	if name != "quantityNames" {
		return nil, graph.NotAnswered("InventoryProperties", name)
	}
	var states []graph.Object
	for i := range catalogue.QuantityNames() {
		states = append(states, quantityName(i))
	}
	return states, nil
}

// quantityName describes one state of stock.
type quantityName int

func (q quantityName) TypeName() string { return "InventoryQuantityName" }

func (q quantityName) FieldValue(name string) (any, error) {
	switch name {
	case "name":
		return catalogue.QuantityNames()[q], nil
	case "displayName":
		return []string{"Available", "On hand", "Committed", "Incoming", "Reserved", "Damaged", "Quality control", "Safety stock"}[q], nil
	case "isInUse":
		return true, nil
	case "belongsTo":
		if q == catalogue.OnHand || q == catalogue.Incoming {
			return []string{}, nil
		}
		return []string{"on_hand"}, nil
	case "comprises":
		if q != catalogue.OnHand {
			return []string{}, nil
		}
		return []string{"available", "committed", "damaged", "quality_control", "reserved", "safety_stock"}, nil
	}
	return nil, graph.NotAnswered("InventoryQuantityName", name)
}
