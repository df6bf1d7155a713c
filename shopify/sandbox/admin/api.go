package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// API is the Admin API of one shop.
type API struct {
	*catalogue.Shop
	Bulk *bulk.Desk
	Odd  *Oddities

	ClientID   string // of the app that asks
	Uninstall  func() // the app, at its own wish
	StockAsked func() // inventory items are about to be read
}

// query is a document while the API answers it.
type query struct {
	*graph.Execution
	api *API
}

// asking is an object that answers its fields with what the shop has.
type asking interface {
	field(x query, name string, args graph.Arguments) (any, error)
}

// Instead returns the JSON that a switch put in place of a field, or with no name in place of an object.
func (s *API) Instead(of graph.Object, name string) (said graph.Raw, odd bool) {
	return s.Odd.instead(of, name)
}
