package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

// Root is the object that an operation begins with.
func (s *API) Root(operation ast.Operation) graph.Object {
	if operation == ast.Mutation {
		return mutationRoot{}
	}
	return queryRoot{}
}

// Answer answers one field of an object.
func (s *API) Answer(x *graph.Execution, of graph.Object, name string, args graph.Arguments) (any, error) {
	value, err := s.answerCatalogue(query{x, s}, of, name, args)
	return s.Odd.withMiscount(of, name, value), err
}

func (s *API) answerCatalogue(x query, of graph.Object, name string, args graph.Arguments) (any, error) {
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
	return nil, graph.NotAnswered(of.TypeName(), name)
}
