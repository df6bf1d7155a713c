package merchant

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// What the merchant does to locations and stock. Locations are named by name or id.

func (m *Merchant) EditLocation(name string, edit func(l *catalogue.Location) error) error {
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

// RenameLocation gives a location another name.
func (m *Merchant) RenameLocation(old, name string) error {
	return m.EditLocation(old, func(l *catalogue.Location) error {
		l.Name = name
		return nil
	})
}

// RemoveLocation deletes a location with its stock.
func (m *Merchant) RemoveLocation(name string) error {
	return m.EditLocation(name, func(l *catalogue.Location) error {
		m.shop.RemoveLocation(l)
		return nil
	})
}

// Sell takes an order: what was available is now committed. Like Shopify it marks the product as changed.
func (m *Merchant) Sell(sku, place string, quantity int) error {
	return m.EditLevel(sku, place, func(l *catalogue.Level) error {
		l.SetNumber(catalogue.Available, int(l.Numbers[catalogue.Available])-quantity)
		l.SetNumber(catalogue.Committed, int(l.Numbers[catalogue.Committed])+quantity)
		for _, v := range l.Item.Variants {
			v.Product.UpdatedAt = m.shop.Now()
		}
		return nil
	})
}

func (m *Merchant) EditLevel(sku, place string, edit func(l *catalogue.Level) error) error {
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
