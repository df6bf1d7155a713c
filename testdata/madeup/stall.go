package madeup

import (
	"context"
	"errors"
	"strconv"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Stall is a shop of the market. It has goods in one size each, and one place.
type Stall struct {
	Goods  []string
	Grants []string // scopes; nil for all

	credentials connector.Credentials // of who visits it
}

// Visited is the stall for somebody with credentials.
func (s *Stall) Visited(credentials connector.Credentials) *Stall {
	return &Stall{s.Goods, s.Grants, credentials}
}

func (s *Stall) describe() importer.Shop {
	grants := s.Grants
	if grants == nil {
		grants = Platform().ScopesFor(nil)
	}
	return importer.Shop{AccountID: "7", Domain: "fruit@market", Name: "Fruit", Currency: "CHF", Scopes: grants, APIVersion: Platform().Versions.Asked}
}

// Shop is who the stall is.
func (s *Stall) Shop(ctx context.Context) (importer.Shop, error) {
	word, err := s.credentials.Token(ctx)
	if err == nil && word.Reveal() != Word {
		err = &connector.Fault{Code: connector.TokenWasRefused, Message: "that is not the word"}
	}
	return s.describe(), err
}

// Read gives everything that lies there. Ids are numbers, which each table has its own of.
func (s *Stall) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	err := errors.Join(to.PutWarehouse(importer.Warehouse{ID: "1", Name: "Stall", Active: true}),
		to.PutCategory(importer.Category{ID: "1", Title: "Fruit", Slug: "fruit"}))
	for i, name := range s.Goods {
		id := strconv.Itoa(i + 1)
		err = errors.Join(err,
			to.PutProduct(importer.Product{ID: id, Title: name, Slug: name, Status: "active"}),
			to.PutVariant(importer.Variant{ID: id, ProductID: id, InventoryItemID: id, Title: name, SKU: &name, Price: "1.00", Currency: "CHF", Position: 1, Tracked: true}),
			to.PutMembership(importer.Membership{CategoryID: "1", ProductID: id}),
			to.PutLevel(importer.Level{InventoryItemID: id, WarehouseID: "1", Active: true, Available: importer.Units(5), OnHand: importer.Units(5)}))
	}
	return importer.Reading{Reader: importer.ReaderPaged}, err
}

// RereadParent is never asked: nothing there is in parts.
func (s *Stall) RereadParent(context.Context, importer.ParentRef, importer.Intake) error {
	return errors.New("nothing of a stall is in parts")
}

// Sightings sees nothing by its SKU.
func (s *Stall) Sightings(context.Context, string, []string) ([]importer.Sighting, error) {
	return nil, nil
}
