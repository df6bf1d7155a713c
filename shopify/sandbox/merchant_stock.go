package sandbox

import (
	"fmt"
	"slices"
)

// What the merchant does to locations and stock. Locations are named by name or id.

func (s *Shop) editLocation(name string, edit func(l *location) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.locationNamed(name)
	if err != nil {
		return err
	}
	if err := edit(l); err != nil {
		return err
	}
	l.updatedAt = s.now()
	return nil
}

// AddLocation opens a location and returns its id.
func (s *Shop) AddLocation(name string, address Address) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addLocation(name, address).gid()
}

// AddFulfillmentService opens a location that another company runs and returns its id.
func (s *Shop) AddFulfillmentService(name, handle string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addFulfillmentService(name, handle).gid()
}

// RenameLocation gives a location another name.
func (s *Shop) RenameLocation(old, name string) error {
	return s.editLocation(old, func(l *location) error {
		l.name = name
		return nil
	})
}

// DeactivateLocation closes a location; its levels keep their quantities.
func (s *Shop) DeactivateLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		if !l.active {
			return fmt.Errorf("%s is closed already", name)
		}
		now := s.now()
		l.active, l.deactivatedAt = false, &now
		return nil
	})
}

// ActivateLocation opens a closed location again.
func (s *Shop) ActivateLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		l.active, l.deactivatedAt = true, nil
		return nil
	})
}

// RemoveLocation deletes a location with its stock.
func (s *Shop) RemoveLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		for _, level := range slices.Clone(l.levels) {
			s.unstock(level)
		}
		s.locations = without(s.locations, l)
		return nil
	})
}

// SetAvailable sets how much of a variant is available at a location, and stocks it there if it is not yet.
func (s *Shop) SetAvailable(sku, place string, quantity int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.variantNamed(sku)
	if err != nil {
		return err
	}
	where, err := s.locationNamed(place)
	if err != nil {
		return err
	}
	s.stock(v.item, where, quantity)
	return nil
}

// SetQuantity sets one of a level's numbers other than on_hand, which follows from the others.
func (s *Shop) SetQuantity(sku, place, name string, quantity int) error {
	return s.editLevel(sku, place, func(l *level) error {
		state := slices.Index(quantityNames(), name)
		if state < 0 || state == onHand {
			return fmt.Errorf("the quantity %q cannot be set", name)
		}
		l.set(state, quantity)
		return nil
	})
}

// Sell takes an order: what was available is now committed. Like Shopify it marks the product as changed.
func (s *Shop) Sell(sku, place string, quantity int) error {
	return s.editLevel(sku, place, func(l *level) error {
		l.set(available, int(l.numbers[available])-quantity)
		l.set(committed, int(l.numbers[committed])+quantity)
		for _, v := range l.item.variants {
			v.product.updatedAt = s.now()
		}
		return nil
	})
}

// SetLevelActive stops or resumes the stocking of a variant at a location; the quantities stay.
func (s *Shop) SetLevelActive(sku, place string, active bool) error {
	return s.editLevel(sku, place, func(l *level) error {
		l.active = active
		return nil
	})
}

// RemoveLevel ends the stocking of a variant at a location and forgets the quantities.
func (s *Shop) RemoveLevel(sku, place string) error {
	return s.editLevel(sku, place, func(l *level) error {
		s.unstock(l)
		return nil
	})
}

func (s *Shop) editLevel(sku, place string, edit func(l *level) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.levelOf(sku, place)
	if err != nil {
		return err
	}
	if err := edit(l); err != nil {
		return err
	}
	l.updatedAt = s.now()
	return nil
}
