package sandbox

import (
	"fmt"
	"slices"
)

// What the merchant does to collections. They are named by handle or id.

func (s *Shop) editCollection(name string, edit func(c *collection) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.collectionNamed(name)
	if err != nil {
		return err
	}
	if err := edit(c); err != nil {
		return err
	}
	c.updatedAt = s.now()
	return nil
}

func (s *Shop) editMembership(name, productName string, edit func(c *collection, p *product) error) error {
	return s.editCollection(name, func(c *collection) error {
		p, err := s.productNamed(productName)
		if err != nil {
			return err
		}
		return edit(c, p)
	})
}

// AddCollection adds an empty collection that is sorted by hand and returns its id.
func (s *Shop) AddCollection(handle, title string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addCollection(handle, title, "MANUAL").gid()
}

// AddSmartCollection adds a collection of the products that have one of the tags and returns its id.
func (s *Shop) AddSmartCollection(handle, title string, tags ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.addCollection(handle, title, "BEST_SELLING")
	s.addCondition(c, "ProductTag", "TAGGED_WITH", tags...)
	return c.gid()
}

// RemoveCollection deletes a collection; its products stay.
func (s *Shop) RemoveCollection(name string) error {
	return s.editCollection(name, func(c *collection) error {
		s.collections = without(s.collections, c)
		for _, other := range s.collections {
			other.subCollections = without(other.subCollections, c)
		}
		return nil
	})
}

// RetitleCollection changes the title of a collection; its handle stays.
func (s *Shop) RetitleCollection(name, title string) error {
	return s.editCollection(name, func(c *collection) error {
		c.title = title
		return nil
	})
}

// AddToCollection puts a product at the end of those chosen by hand.
func (s *Shop) AddToCollection(name, productName string) error {
	return s.editMembership(name, productName, func(c *collection, p *product) error {
		if slices.Contains(c.chosen, p) {
			return fmt.Errorf("%s is in %s already", productName, name)
		}
		c.chosen = append(c.chosen, p)
		return nil
	})
}

// RemoveFromCollection takes a product that was chosen by hand out of a collection.
func (s *Shop) RemoveFromCollection(name, productName string) error {
	return s.editMembership(name, productName, func(c *collection, p *product) error {
		if !slices.Contains(c.chosen, p) {
			return fmt.Errorf("%s was not put into %s by hand", productName, name)
		}
		c.chosen = without(c.chosen, p)
		return nil
	})
}

// MoveInCollection moves a product that was chosen by hand to a place, counted from 0.
func (s *Shop) MoveInCollection(name, productName string, place int) error {
	return s.editMembership(name, productName, func(c *collection, p *product) error {
		if !slices.Contains(c.chosen, p) || place < 0 || place >= len(c.chosen) {
			return fmt.Errorf("%s cannot be moved to place %d of %s", productName, place, name)
		}
		c.chosen = slices.Insert(without(c.chosen, p), place, p)
		return nil
	})
}
