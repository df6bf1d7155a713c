package admin

import (
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

func locationField(x query, l *catalogue.Location, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return l.GlobalID(), nil
	case "legacyResourceId":
		return strconv.FormatInt(l.ID, 10), nil
	case "name":
		return l.Name, nil
	case "isActive", "fulfillsOnlineOrders", "deactivatable":
		return l.Active, nil
	case "activatable":
		return !l.Active, nil
	case "deletable":
		return !l.Active && !l.HasActiveInventory(), nil
	case "deactivatedAt":
		return valueOrNull(l.DeactivatedAt), nil
	case "createdAt":
		return l.CreatedAt, nil
	case "updatedAt":
		return l.UpdatedAt, nil
	case "isFulfillmentService":
		return l.Service != nil, nil
	case "fulfillmentService":
		return graph.OrNull(l.Service), nil
	case "shipsInventory":
		return l.ShipsInventory, nil
	case "hasActiveInventory":
		return l.HasActiveInventory(), nil
	case "hasUnfulfilledOrders":
		return false, nil
	case "addressVerified":
		return l.Address.Address1 != nil, nil
	case "address":
		return &l.Address, nil
	case "inventoryLevels":
		return levelPage(x, l.Levels, args)
	case "inventoryLevel":
		number, err := graph.WantID(args.Text("inventoryItemId"), "InventoryItem")
		if err != nil {
			return nil, err
		}
		return levelWhere(l.Levels, args, func(l *catalogue.Level) bool { return l.Item.ID == number }), nil
	}
	return nil, graph.NotAnswered("Location", name)
}

func addressField(a *catalogue.Address, name string) (any, error) {
	switch name {
	case "address1":
		return a.Address1, nil
	case "address2":
		return a.Address2, nil
	case "city":
		return a.City, nil
	case "province":
		return a.Province, nil
	case "provinceCode":
		return a.ProvinceCode, nil
	case "zip":
		return a.Zip, nil
	case "country":
		return a.Country, nil
	case "countryCode":
		return a.CountryCode, nil
	case "phone":
		return a.Phone, nil
	case "latitude":
		return valueOrNull(a.Latitude), nil
	case "longitude":
		return valueOrNull(a.Longitude), nil
	case "formatted":
		return addressLines(a), nil
	}
	return nil, graph.NotAnswered("LocationAddress", name)
}

// addressLines is the address as it would stand on a parcel.
func addressLines(a *catalogue.Address) []string {
	lines := []string{}
	for _, parts := range [][]*string{{a.Address1}, {a.Address2}, {a.Zip, a.City}, {a.Country}} {
		var words []string
		for _, part := range parts {
			if part != nil {
				words = append(words, *part)
			}
		}
		if len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return lines
}

func serviceField(s *catalogue.FulfillmentService, name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("FulfillmentService", s.ID), nil
	case "handle":
		return s.Handle, nil
	case "serviceName":
		return s.Name, nil
	case "type":
		return "THIRD_PARTY", nil
	case "inventoryManagement", "trackingSupport", "requiresShippingMethod":
		return true, nil
	case "callbackUrl":
		return nil, nil
	case "location":
		return s.Location, nil
	}
	return nil, graph.NotAnswered("FulfillmentService", name)
}
