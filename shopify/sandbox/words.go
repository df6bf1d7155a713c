package sandbox

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// The types of the packages below that users of a sandbox need.
type (
	App        = oauth.App
	NewProduct = catalogue.NewProduct
	NewVariant = catalogue.NewVariant
	Stock      = catalogue.Stock
)

// The names of the default shop's locations.
const (
	WarehouseLocation = shops.WarehouseLocation
	ShopLocation      = shops.ShopLocation
)
