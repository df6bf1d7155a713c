package sandbox

import (
	"strconv"
	"strings"
)

func (l *location) kind() string { return "Location" }

func (l *location) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return l.gid(), nil
	case "legacyResourceId":
		return strconv.FormatInt(l.id, 10), nil
	case "name":
		return l.name, nil
	case "isActive", "fulfillsOnlineOrders", "deactivatable":
		return l.active, nil
	case "activatable":
		return !l.active, nil
	case "deletable":
		return !l.active && !l.hasActiveInventory(), nil
	case "deactivatedAt":
		return scalar(l.deactivatedAt), nil
	case "createdAt":
		return l.createdAt, nil
	case "updatedAt":
		return l.updatedAt, nil
	case "isFulfillmentService":
		return l.service != nil, nil
	case "fulfillmentService":
		return optional(l.service), nil
	case "shipsInventory":
		return l.shipsInventory, nil
	case "hasActiveInventory":
		return l.hasActiveInventory(), nil
	case "hasUnfulfilledOrders":
		return false, nil
	case "addressVerified":
		return l.address.Address1 != nil, nil
	case "address":
		return &l.address, nil
	case "inventoryLevels":
		return levelPage(x, l.levels, args)
	case "inventoryLevel":
		number, err := wantGID(args.text("inventoryItemId"), "InventoryItem")
		if err != nil {
			return nil, err
		}
		return levelWhere(l.levels, args, func(l *level) bool { return l.item.id == number }), nil
	}
	return nil, unanswerable("Location", name)
}

func (a *Address) kind() string { return "LocationAddress" }

func (a *Address) field(_ *execution, name string, _ arguments) (any, error) {
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
		return scalar(a.Latitude), nil
	case "longitude":
		return scalar(a.Longitude), nil
	case "formatted":
		return a.lines(), nil
	}
	return nil, unanswerable("LocationAddress", name)
}

// lines is the address as it would stand on a parcel.
func (a *Address) lines() []string {
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

func (s *fulfillmentService) kind() string { return "FulfillmentService" }

func (s *fulfillmentService) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("FulfillmentService", s.id), nil
	case "handle":
		return s.handle, nil
	case "serviceName":
		return s.name, nil
	case "type":
		return "THIRD_PARTY", nil
	case "inventoryManagement", "trackingSupport", "requiresShippingMethod":
		return true, nil
	case "callbackUrl":
		return nil, nil
	case "location":
		return s.location, nil
	}
	return nil, unanswerable("FulfillmentService", name)
}
