package sandboxtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// What tests do to products, which are named by handle or id, and to variants, which are named by SKU or id.

// SetCompareAtPrice changes the price that is struck through; empty takes it away.
func (s *Shop) SetCompareAtPrice(sku, price string) error {
	return s.EditVariant(sku, func(v *catalogue.Variant) error {
		formatted, err := catalogue.OptionalMoney(price)
		if err == nil {
			v.CompareAtPrice = formatted
		}
		return err
	})
}

// SetSKU gives a variant another SKU; nil takes it away.
func (s *Shop) SetSKU(sku string, to *string) error {
	return s.EditVariant(sku, func(v *catalogue.Variant) error {
		v.SKU = to
		v.Item.UpdatedAt = s.Records.Now()
		return nil
	})
}

// SetTracked says whether the shop counts the stock of a variant.
func (s *Shop) SetTracked(sku string, tracked bool) error {
	return s.EditVariant(sku, func(v *catalogue.Variant) error {
		v.Item.Tracked = tracked
		v.Item.UpdatedAt = s.Records.Now()
		return nil
	})
}

// Retitle changes the title of a product; its handle stays.
func (s *Shop) Retitle(name, title string) error {
	return s.EditProduct(name, func(p *catalogue.Product) error {
		p.Title = title
		return nil
	})
}

// Describe changes the description of a product.
func (s *Shop) Describe(name, html string) error {
	return s.EditProduct(name, func(p *catalogue.Product) error {
		p.HTML = html
		return nil
	})
}

// SetTags changes the tags of a product.
func (s *Shop) SetTags(name string, tags ...string) error {
	return s.EditProduct(name, func(p *catalogue.Product) error {
		p.Tags = catalogue.SortedTags(tags)
		return nil
	})
}

// SetStatus makes a product ACTIVE, DRAFT, ARCHIVED or UNLISTED.
func (s *Shop) SetStatus(name, status string) error {
	return s.EditProduct(name, func(p *catalogue.Product) error {
		if err := oneOf("status", status, "ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"); err != nil {
			return err
		}
		p.Status = status
		return nil
	})
}

// AddVariant adds a variant to a product and returns its id.
func (s *Shop) AddVariant(name string, n catalogue.NewVariant) (string, error) {
	id := ""
	err := s.EditProduct(name, func(p *catalogue.Product) error {
		v, err := s.Records.AddVariant(p, n)
		if err == nil {
			id = v.GlobalID()
		}
		return err
	})
	return id, err
}

// AddMedia adds a medium to a product and returns its id.
func (s *Shop) AddMedia(name string, n catalogue.NewMedia) (string, error) {
	id := ""
	err := s.EditProduct(name, func(p *catalogue.Product) error {
		if err := s.Records.AddMedia(p, []catalogue.NewMedia{n}); err != nil {
			return err
		}
		id = p.Media[len(p.Media)-1].GlobalID()
		return nil
	})
	return id, err
}

// RemoveMedia takes a medium, given by id, off a product and its variants.
func (s *Shop) RemoveMedia(name, id string) error {
	return s.EditProduct(name, func(p *catalogue.Product) error {
		at := slices.IndexFunc(p.Media, func(medium *catalogue.Media) bool { return medium.GlobalID() == id })
		if at < 0 {
			return fmt.Errorf("%s has no medium %s", p.Handle, id)
		}
		medium := p.Media[at]
		p.Media = order.WithoutRow(p.Media, medium)
		for _, v := range p.Variants {
			v.Media = order.WithoutRow(v.Media, medium)
		}
		return nil
	})
}

// FinishMedia ends the processing of a medium, given by id, with status READY or FAILED. The product is not
// marked as changed: whether Shopify does so is not known.
func (s *Shop) FinishMedia(id, status string) error {
	s.Records.Lock()
	defer s.Records.Unlock()
	if err := oneOf("outcome", status, "READY", "FAILED"); err != nil {
		return err
	}
	medium := s.Records.MediaWithID(id)
	if medium == nil {
		return fmt.Errorf("there is no medium %s", id)
	}
	medium.Status, medium.UpdatedAt = status, s.Records.Now()
	return nil
}

func oneOf(what, value string, known ...string) error {
	if !slices.Contains(known, value) {
		return fmt.Errorf("%q is no %s; there are %s", value, what, strings.Join(known, ", "))
	}
	return nil
}
