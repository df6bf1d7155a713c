package merchant

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// What the merchant does to locations and stock. Locations are named by name or id.

func (m *Merchant) editLocation(name string, edit func(l *catalogue.Location) error) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	l, err := m.shop.LocationNamed(name)
	if err != nil {
		return err
	}
	if err := edit(l); err != nil {
		return err
	}
	l.UpdatedAt = m.shop.Now()
	return nil
}

// AddLocation opens a location and returns its id.
func (m *Merchant) AddLocation(name string, address catalogue.Address) string {
	m.shop.Lock()
	defer m.shop.Unlock()
	return m.shop.AddLocation(name, address).GlobalID()
}

// AddFulfillmentService opens a location that another company runs and returns its id.
func (m *Merchant) AddFulfillmentService(name, handle string) string {
	m.shop.Lock()
	defer m.shop.Unlock()
	return m.shop.AddFulfillmentService(name, handle).GlobalID()
}

// RenameLocation gives a location another name.
func (m *Merchant) RenameLocation(old, name string) error {
	return m.editLocation(old, func(l *catalogue.Location) error {
		l.Name = name
		return nil
	})
}

// DeactivateLocation closes a location; its levels keep their quantities.
func (m *Merchant) DeactivateLocation(name string) error {
	return m.editLocation(name, func(l *catalogue.Location) error {
		if !l.Active {
			return fmt.Errorf("%s is closed already", name)
		}
		now := m.shop.Now()
		l.Active, l.DeactivatedAt = false, &now
		return nil
	})
}

// ActivateLocation opens a closed location again.
func (m *Merchant) ActivateLocation(name string) error {
	return m.editLocation(name, func(l *catalogue.Location) error {
		l.Active, l.DeactivatedAt = true, nil
		return nil
	})
}

// RemoveLocation deletes a location with its stock.
func (m *Merchant) RemoveLocation(name string) error {
	return m.editLocation(name, func(l *catalogue.Location) error {
		m.shop.RemoveLocation(l)
		return nil
	})
}

// SetAvailable sets how much of a variant is available at a location, and stocks it there if it is not yet.
func (m *Merchant) SetAvailable(sku, place string, quantity int) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	v, err := m.shop.VariantNamed(sku)
	if err != nil {
		return err
	}
	where, err := m.shop.LocationNamed(place)
	if err != nil {
		return err
	}
	m.shop.StockAt(v.Item, where, quantity)
	return nil
}

// SetQuantity sets one of a level's numbers other than on_hand, which follows from the others.
func (m *Merchant) SetQuantity(sku, place, name string, quantity int) error {
	return m.editLevel(sku, place, func(l *catalogue.Level) error {
		state := slices.Index(catalogue.QuantityNames(), name)
		if state < 0 || state == catalogue.OnHand {
			return fmt.Errorf("the quantity %q cannot be set", name)
		}
		l.SetNumber(state, quantity)
		return nil
	})
}

// Sell takes an order: what was available is now committed. Like Shopify it marks the product as changed.
func (m *Merchant) Sell(sku, place string, quantity int) error {
	return m.editLevel(sku, place, func(l *catalogue.Level) error {
		l.SetNumber(catalogue.Available, int(l.Numbers[catalogue.Available])-quantity)
		l.SetNumber(catalogue.Committed, int(l.Numbers[catalogue.Committed])+quantity)
		for _, v := range l.Item.Variants {
			v.Product.UpdatedAt = m.shop.Now()
		}
		return nil
	})
}

// SetLevelActive stops or resumes the stocking of a variant at a location; the quantities stay.
func (m *Merchant) SetLevelActive(sku, place string, active bool) error {
	return m.editLevel(sku, place, func(l *catalogue.Level) error {
		l.Active = active
		return nil
	})
}

// RemoveLevel ends the stocking of a variant at a location and forgets the quantities.
func (m *Merchant) RemoveLevel(sku, place string) error {
	return m.editLevel(sku, place, func(l *catalogue.Level) error {
		m.shop.EndStock(l)
		return nil
	})
}

func (m *Merchant) editLevel(sku, place string, edit func(l *catalogue.Level) error) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	l, err := m.shop.LevelOf(sku, place)
	if err != nil {
		return err
	}
	if err := edit(l); err != nil {
		return err
	}
	l.UpdatedAt = m.shop.Now()
	return nil
}
