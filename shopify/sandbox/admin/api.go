package admin

import (
	"github.com/vektah/gqlparser/v2/ast"

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

// query is what is asked of a shop: the execution of a document, and the API that answers.
type query struct {
	*graph.Execution
	api *API
}

// asking is an object that answers its fields with what the shop has.
type asking interface {
	field(x query, name string, args graph.Arguments) (any, error)
}

// Root is the object that an operation begins with.
func (s *API) Root(operation ast.Operation) graph.Object {
	if operation == ast.Mutation {
		return mutationRoot{}
	}
	return queryRoot{}
}

// Instead is what the shop was made to say in place of a field, or with no name in place of an object.
func (s *API) Instead(of graph.Object, name string) (said graph.Raw, odd bool) {
	return s.Odd.instead(of, name)
}

// Answer answers one field of an object.
func (s *API) Answer(x *graph.Execution, of graph.Object, name string, args graph.Arguments) (any, error) {
	value, err := s.answer(query{x, s}, of, name, args)
	return s.Odd.counted(of, name, value), err
}

func (s *API) answer(x query, of graph.Object, name string, args graph.Arguments) (any, error) {
	switch of := of.(type) {
	case *catalogue.Product:
		return productField(x, of, name, args)
	case *catalogue.Variant:
		return variantField(of, name, args)
	case *catalogue.Option:
		return optionField(of, name)
	case *catalogue.OptionValue:
		return optionValueField(of, name)
	case *catalogue.Category:
		return categoryField(of, name)
	case *catalogue.Media:
		return mediaField(of, name)
	case *catalogue.Image:
		return imageField(of, name)
	case *catalogue.Item:
		return itemField(x, of, name, args)
	case *catalogue.Level:
		return levelField(of, name, args)
	}
	return s.answerPlaces(x, of, name, args)
}

// answerPlaces answers the fields of collections, of locations, of the shop and of its roots.
func (s *API) answerPlaces(x query, of graph.Object, name string, args graph.Arguments) (any, error) {
	switch of := of.(type) {
	case *catalogue.Collection:
		return collectionField(x, of, name, args)
	case catalogue.Condition:
		return conditionField(x, of, name)
	case *catalogue.Location:
		return locationField(x, of, name, args)
	case *catalogue.Address:
		return addressField(of, name)
	case *catalogue.FulfillmentService:
		return serviceField(of, name)
	case *catalogue.Shop:
		return shopField(of, name)
	case asking:
		return of.field(x, name, args)
	}
	return nil, graph.Unanswerable(of.Kind(), name)
}
