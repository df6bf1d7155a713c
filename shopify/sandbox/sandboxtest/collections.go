package sandboxtest

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// What tests do to collections, which are named by handle or id.

func (s *Shop) editCollection(name string, edit func(c *catalogue.Collection) error) error {
	s.Records.Lock()
	defer s.Records.Unlock()
	c, err := s.Records.CollectionNamed(name)
	if err != nil {
		return err
	}
	if err := edit(c); err != nil {
		return err
	}
	c.UpdatedAt = s.Records.Now()
	return nil
}

func (s *Shop) editMembership(name, productName string, edit func(c *catalogue.Collection, p *catalogue.Product) error) error {
	return s.editCollection(name, func(c *catalogue.Collection) error {
		p, err := s.Records.ProductNamed(productName)
		if err != nil {
			return err
		}
		return edit(c, p)
	})
}

// AddCollection adds an empty collection that is sorted by hand and returns its id.
func (s *Shop) AddCollection(handle, title string) string {
	s.Records.Lock()
	defer s.Records.Unlock()
	return s.Records.AddCollection(handle, title, "MANUAL").GlobalID()
}

// AddSmartCollection adds a collection of the products that have one of the tags and returns its id.
func (s *Shop) AddSmartCollection(handle, title string, tags ...string) string {
	s.Records.Lock()
	defer s.Records.Unlock()
	c := s.Records.AddCollection(handle, title, "BEST_SELLING")
	s.Records.AddCondition(c, "ProductTag", "TAGGED_WITH", tags...)
	return c.GlobalID()
}

// RemoveCollection deletes a collection; its products stay.
func (s *Shop) RemoveCollection(name string) error {
	return s.editCollection(name, func(c *catalogue.Collection) error {
		s.Records.RemoveCollection(c)
		return nil
	})
}

// RetitleCollection changes the title of a collection; its handle stays.
func (s *Shop) RetitleCollection(name, title string) error {
	return s.editCollection(name, func(c *catalogue.Collection) error {
		c.Title = title
		return nil
	})
}

// AddToCollection puts a product at the end of those chosen by hand.
func (s *Shop) AddToCollection(name, productName string) error {
	return s.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if slices.Contains(c.Chosen, p) {
			return fmt.Errorf("%s is in %s already", productName, name)
		}
		c.Chosen = append(c.Chosen, p)
		return nil
	})
}

// RemoveFromCollection takes a product that was chosen by hand out of a collection.
func (s *Shop) RemoveFromCollection(name, productName string) error {
	return s.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if !slices.Contains(c.Chosen, p) {
			return fmt.Errorf("%s was not put into %s by hand", productName, name)
		}
		c.Chosen = order.WithoutRow(c.Chosen, p)
		return nil
	})
}

// MoveInCollection moves a product that was chosen by hand to a place, counted from 0.
func (s *Shop) MoveInCollection(name, productName string, place int) error {
	return s.editMembership(name, productName, func(c *catalogue.Collection, p *catalogue.Product) error {
		if !slices.Contains(c.Chosen, p) || place < 0 || place >= len(c.Chosen) {
			return fmt.Errorf("%s cannot be moved to place %d of %s", productName, place, name)
		}
		c.Chosen = slices.Insert(order.WithoutRow(c.Chosen, p), place, p)
		return nil
	})
}
