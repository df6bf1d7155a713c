package sandboxtest

import (
	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// The types of other packages that tests need.
type (
	App          = oauth.App
	Request      = sandbox.Request
	ShopIdentity = catalogue.ShopIdentity
	NewProduct   = catalogue.NewProduct
	NewOption    = catalogue.NewOption
	NewVariant   = catalogue.NewVariant
	NewMedia     = catalogue.NewMedia
	Stock        = catalogue.Stock
	Address      = catalogue.Address
	BulkSettings = bulk.Settings
	BulkOrder    = bulk.Order
)

// The domains of shops, and the names of the default shop's locations.
const (
	DefaultDomain   = catalogue.DefaultDomain
	GeneratedDomain = shops.GeneratedDomain

	WarehouseLocation = shops.WarehouseLocation
	ShopLocation      = shops.ShopLocation
)

// The ways in which bulk operations are refused.
const (
	BulkNotEnabled  = bulk.NotEnabled
	BulkNoAllowlist = bulk.NoAllowlist
	BulkForbidden   = bulk.Forbidden
	BulkLimit       = bulk.Limit
)

// The orders of the lines of bulk operations.
const (
	BulkByDepth   = bulk.ByDepth
	BulkGrouped   = bulk.Grouped
	BulkScattered = bulk.Scattered
	BulkChildren  = bulk.Children
	BulkReversed  = bulk.Reversed
)
