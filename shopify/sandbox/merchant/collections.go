package merchant

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// What the merchant does to collections. They are named by handle or id.

func (m *Merchant) editCollection(name string, edit func(c *catalogue.Collection) error) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	c, err := m.shop.CollectionNamed(name)
	if err != nil {
		return err
	}
	if err := edit(c); err != nil {
		return err
	}
	c.UpdatedAt = m.shop.Now()
	return nil
}

func (m *Merchant) editMembership(name, productName string, edit func(c *catalogue.Collection, p *catalogue.Product) error) error {
	return m.editCollection(name, func(c *catalogue.Collection) error {
		p, err := m.shop.ProductNamed(productName)
		if err != nil {
			return err
		}
		return edit(c, p)
	})
}

// AddCollection adds an empty collection that is sorted by hand and returns its id.
func (m *Merchant) AddCollection(handle, title string) string {
	m.shop.Lock()
	defer m.shop.Unlock()
	return m.shop.AddCollection(handle, title, "MANUAL").GlobalID()
}

// AddSmartCollection adds a collection of the products that have one of the tags and returns its id.
func (m *Merchant) AddSmartCollection(handle, title string, tags ...string) string {
	m.shop.Lock()
	defer m.shop.Unlock()
	c := m.shop.AddCollection(handle, title, "BEST_SELLING")
	m.shop.AddCondition(c, "ProductTag", "TAGGED_WITH", tags...)
	return c.GlobalID()
}

// RemoveCollection deletes a collection; its products stay.
func (m *Merchant) RemoveCollection(name string) error {
	return m.editCollection(name, func(c *catalogue.Collection) error {
		m.shop.RemoveCollection(c)
		return nil
	})
}

// RetitleCollection changes the title of a collection; its handle stays.
func (m *Merchant) RetitleCollection(name, title string) error {
	return m.editCollection(name, func(c *catalogue.Collection) error {
		c.Title = title
		return nil
	})
}

// AddToCollection puts a product at the end of those chosen by hand.
func (m *Merchant) AddToCollection(name, productName string) error {
	return m.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if slices.Contains(c.Chosen, p) {
			return fmt.Errorf("%s is in %s already", productName, name)
		}
		c.Chosen = append(c.Chosen, p)
		return nil
	})
}

// RemoveFromCollection takes a product that was chosen by hand out of a collection.
func (m *Merchant) RemoveFromCollection(name, productName string) error {
	return m.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if !slices.Contains(c.Chosen, p) {
			return fmt.Errorf("%s was not put into %s by hand", productName, name)
		}
		c.Chosen = order.WithoutRow(c.Chosen, p)
		return nil
	})
}

// MoveInCollection moves a product that was chosen by hand to a place, counted from 0.
func (m *Merchant) MoveInCollection(name, productName string, place int) error {
	return m.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if !slices.Contains(c.Chosen, p) || place < 0 || place >= len(c.Chosen) {
			return fmt.Errorf("%s cannot be moved to place %d of %s", productName, place, name)
		}
		c.Chosen = slices.Insert(order.WithoutRow(c.Chosen, p), place, p)
		return nil
	})
}
