package sandbox

import (
	"slices"
	"strconv"
)

func (i *inventoryItem) kind() string { return "InventoryItem" }

func (i *inventoryItem) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return i.gid(), nil
	case "legacyResourceId":
		return strconv.FormatInt(i.id, 10), nil
	case "sku":
		return i.sku(), nil
	case "duplicateSkuCount":
		return i.duplicates(x.shop), nil
	case "tracked":
		return i.tracked, nil
	case "requiresShipping":
		return i.requiresShipping, nil
	case "createdAt":
		return i.createdAt, nil
	case "updatedAt":
		return i.updatedAt, nil
	case "unitCost":
		if i.unitCost == nil {
			return nil, nil
		}
		return money{*i.unitCost, x.shop.identity.Currency}, nil
	case "measurement":
		return measurement{i}, nil
	case "countryCodeOfOrigin":
		return i.countryOfOrigin, nil
	case "harmonizedSystemCode":
		return i.hsCode, nil
	case "provinceCodeOfOrigin", "inventoryHistoryUrl":
		return nil, nil
	case "variants":
		return paginate(i.variants, byVariantID, args)
	}
	return i.stockField(x, name, args)
}

func (i *inventoryItem) stockField(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "inventoryLevels":
		return levelPage(x, i.levels, args)
	case "inventoryLevel":
		number, err := wantGID(args.text("locationId"), "Location")
		if err != nil {
			return nil, err
		}
		return levelWhere(i.levels, args, func(l *level) bool { return l.location.id == number }), nil
	case "locationsCount":
		return exactly(len(shownLevels(i.levels, false))), nil
	}
	return nil, unanswerable("InventoryItem", name)
}

// duplicates counts the other items of the same SKU.
func (i *inventoryItem) duplicates(s *Shop) int {
	if i.skuText() == "" {
		return 0
	}
	others := 0
	for _, other := range s.items {
		if other != i && other.skuText() == i.skuText() {
			others++
		}
	}
	return others
}

func levelPage(x *execution, levels []*level, args arguments) (any, error) {
	shown := search(x, shownLevels(levels, args.flag("includeInactive")), args, map[string]searchField[*level]{
		"id":                byID((*level).number),
		"inventory_item_id": byID(func(l *level) int64 { return l.item.id }),
		"created_at":        byTime(func(l *level) moment { return l.createdAt }),
		"updated_at":        byTime(func(l *level) moment { return l.updatedAt }),
	})
	return paginate(shown, byLevelID, args)
}

func levelWhere(levels []*level, args arguments, wanted func(*level) bool) any {
	shown := shownLevels(levels, args.flag("includeInactive"))
	if at := slices.IndexFunc(shown, wanted); at >= 0 {
		return shown[at]
	}
	return nil
}

type measurement struct{ item *inventoryItem }

func (m measurement) kind() string { return "InventoryItemMeasurement" }

func (m measurement) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("InventoryItemMeasurement", m.item.id), nil
	case "weight":
		return weight{m.item.weight, m.item.weightUnit}, nil
	}
	return nil, unanswerable("InventoryItemMeasurement", name)
}

func (l *level) kind() string { return "InventoryLevel" }

func (l *level) field(_ *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return l.gid(), nil
	case "isActive":
		return l.inUse(), nil
	case "createdAt":
		return l.createdAt, nil
	case "updatedAt":
		return l.updatedAt, nil
	case "item":
		return l.item, nil
	case "location":
		return l.location, nil
	case "quantities":
		return l.quantities(args.texts("names"))
	case "canDeactivate":
		return l.numbers[committed] == 0 && l.numbers[incoming] == 0, nil
	case "deactivationAlert":
		return nil, nil
	}
	return nil, unanswerable("InventoryLevel", name)
}

func (l *level) quantities(names []string) (any, error) {
	quantities := make([]object, 0, len(names))
	for _, name := range names {
		state := slices.Index(quantityNames(), name)
		if state < 0 {
			// What Shopify answers to an unknown name is not known.
			return nil, newFault("BAD_REQUEST", "The quantity name %q is not supported.", name)
		}
		if state != available || !l.unknown {
			quantities = append(quantities, quantity{l, state})
		}
	}
	return quantities, nil
}

// quantity is one number of a level.
type quantity struct {
	level *level
	state int
}

func (q quantity) kind() string { return "InventoryQuantity" }

func (q quantity) field(_ *execution, name string, _ arguments) (any, error) {
	stateName := quantityNames()[q.state]
	switch name {
	case "id":
		return formatGID("InventoryQuantity", q.level.id) + "?inventory_item_id=" + strconv.FormatInt(q.level.item.id, 10) + "&name=" + stateName, nil
	case "name":
		return stateName, nil
	case "quantity":
		return int(q.level.numbers[q.state]), nil
	case "updatedAt":
		if q.state == onHand || q.state == incoming {
			return nil, nil // as captured answers mostly have it
		}
		return q.level.updatedAt, nil
	}
	return nil, unanswerable("InventoryQuantity", name)
}

type inventoryProperties struct{}

func (inventoryProperties) kind() string { return "InventoryProperties" }

func (inventoryProperties) field(_ *execution, name string, _ arguments) (any, error) {
	if name != "quantityNames" {
		return nil, unanswerable("InventoryProperties", name)
	}
	var states []object
	for i := range quantityNames() {
		states = append(states, quantityName(i))
	}
	return states, nil
}

// quantityName describes one state of stock.
type quantityName int

func (q quantityName) kind() string { return "InventoryQuantityName" }

func (q quantityName) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "name":
		return quantityNames()[q], nil
	case "displayName":
		return []string{"Available", "On hand", "Committed", "Incoming", "Reserved", "Damaged", "Quality control", "Safety stock"}[q], nil
	case "isInUse":
		return true, nil
	case "belongsTo":
		if q == onHand || q == incoming {
			return []string{}, nil
		}
		return []string{"on_hand"}, nil
	case "comprises":
		if q != onHand {
			return []string{}, nil
		}
		return []string{"available", "committed", "damaged", "quality_control", "reserved", "safety_stock"}, nil
	}
	return nil, unanswerable("InventoryQuantityName", name)
}
