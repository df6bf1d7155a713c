package sandboxtest

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// What tests do to locations, which are named by name or id, and to stock.

// AddLocation opens a location and returns its id.
func (s *Shop) AddLocation(name string, address catalogue.Address) string {
	s.Records.Lock()
	defer s.Records.Unlock()
	return s.Records.AddLocation(name, address).GlobalID()
}

// AddFulfillmentService opens a location that another company runs and returns its id.
func (s *Shop) AddFulfillmentService(name, handle string) string {
	s.Records.Lock()
	defer s.Records.Unlock()
	return s.Records.AddFulfillmentService(name, handle).GlobalID()
}

// DeactivateLocation closes a location; its levels keep their quantities.
func (s *Shop) DeactivateLocation(name string) error {
	return s.EditLocation(name, func(l *catalogue.Location) error {
		if !l.Active {
			return fmt.Errorf("%s is closed already", name)
		}
		now := s.Records.Now()
		l.Active, l.DeactivatedAt = false, &now
		return nil
	})
}

// ActivateLocation opens a closed location again.
func (s *Shop) ActivateLocation(name string) error {
	return s.EditLocation(name, func(l *catalogue.Location) error {
		l.Active, l.DeactivatedAt = true, nil
		return nil
	})
}

// SetAvailable sets how much of a variant is available at a location, and stocks it there if it is not yet.
func (s *Shop) SetAvailable(sku, place string, quantity int) error {
	s.Records.Lock()
	defer s.Records.Unlock()
	v, err := s.Records.VariantNamed(sku)
	if err != nil {
		return err
	}
	where, err := s.Records.LocationNamed(place)
	if err != nil {
		return err
	}
	s.Records.StockAt(v.Item, where, quantity)
	return nil
}

// SetQuantity sets one of a level's numbers other than on_hand, which follows from the others.
func (s *Shop) SetQuantity(sku, place, name string, quantity int) error {
	return s.EditLevel(sku, place, func(l *catalogue.Level) error {
		state := slices.Index(catalogue.QuantityNames(), name)
		if state < 0 || state == catalogue.OnHand {
			return fmt.Errorf("the quantity %q cannot be set", name)
		}
		l.SetNumber(state, quantity)
		return nil
	})
}

// SetLevelActive stops or resumes the stocking of a variant at a location; the quantities stay.
func (s *Shop) SetLevelActive(sku, place string, active bool) error {
	return s.EditLevel(sku, place, func(l *catalogue.Level) error {
		l.Active = active
		return nil
	})
}

// RemoveLevel ends the stocking of a variant at a location and forgets the quantities.
func (s *Shop) RemoveLevel(sku, place string) error {
	return s.EditLevel(sku, place, func(l *catalogue.Level) error {
		s.Records.EndStock(l)
		return nil
	})
}
