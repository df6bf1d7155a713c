package sandbox

import (
	"fmt"
	"slices"
)

// What the merchant does to products. Products are named by handle or id, variants by SKU or id.

// editProduct runs an edit of one product and marks it as changed now.
func (s *Shop) editProduct(name string, edit func(p *product) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.productNamed(name)
	if err != nil {
		return err
	}
	if err := edit(p); err != nil {
		return err
	}
	p.updatedAt = s.now()
	return nil
}

func (s *Shop) editVariant(name string, edit func(v *variant) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.variantNamed(name)
	if err != nil {
		return err
	}
	if err := edit(v); err != nil {
		return err
	}
	v.updatedAt, v.product.updatedAt = s.now(), s.now()
	return nil
}

// SetPrice changes the price of a variant.
func (s *Shop) SetPrice(sku, price string) error {
	return s.editVariant(sku, func(v *variant) error {
		formatted, err := formatMoney(price)
		if err == nil {
			v.price = formatted
		}
		return err
	})
}

// SetCompareAtPrice changes the price that is struck through; empty takes it away.
func (s *Shop) SetCompareAtPrice(sku, price string) error {
	return s.editVariant(sku, func(v *variant) error {
		formatted, err := optionalMoney(price)
		if err == nil {
			v.compareAtPrice = formatted
		}
		return err
	})
}

// SetSKU gives a variant another SKU; nil takes it away.
func (s *Shop) SetSKU(sku string, to *string) error {
	return s.editVariant(sku, func(v *variant) error {
		v.sku = to
		v.item.updatedAt = s.now()
		return nil
	})
}

// SetTracked says whether the shop counts the stock of a variant.
func (s *Shop) SetTracked(sku string, tracked bool) error {
	return s.editVariant(sku, func(v *variant) error {
		v.item.tracked = tracked
		v.item.updatedAt = s.now()
		return nil
	})
}

// Retitle changes the title of a product; its handle stays.
func (s *Shop) Retitle(name, title string) error {
	return s.editProduct(name, func(p *product) error {
		p.title = title
		return nil
	})
}

// Describe changes the description of a product.
func (s *Shop) Describe(name, html string) error {
	return s.editProduct(name, func(p *product) error {
		p.html = html
		return nil
	})
}

// SetTags changes the tags of a product.
func (s *Shop) SetTags(name string, tags ...string) error {
	return s.editProduct(name, func(p *product) error {
		p.tags = sortedTags(tags)
		return nil
	})
}

// SetStatus makes a product ACTIVE, DRAFT, ARCHIVED or UNLISTED.
func (s *Shop) SetStatus(name, status string) error {
	return s.editProduct(name, func(p *product) error {
		if err := oneOf("status", status, "ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"); err != nil {
			return err
		}
		p.status = status
		return nil
	})
}

// AddVariant adds a variant to a product and returns its id.
func (s *Shop) AddVariant(name string, n NewVariant) (string, error) {
	id := ""
	err := s.editProduct(name, func(p *product) error {
		v, err := s.addVariant(p, n)
		if err == nil {
			id = v.gid()
		}
		return err
	})
	return id, err
}

// RemoveVariant deletes a variant with its stock; a product keeps at least one.
func (s *Shop) RemoveVariant(sku string) error {
	return s.editVariant(sku, func(v *variant) error {
		if len(v.product.variants) == 1 {
			return fmt.Errorf("%s is the only variant of %s", sku, v.product.handle)
		}
		s.removeVariant(v)
		return nil
	})
}

func (s *Shop) removeVariant(v *variant) {
	v.product.variants = without(v.product.variants, v)
	v.product.renumber()
	s.dropVariant(v)
}

// RemoveProduct deletes a product with all that belongs to it.
func (s *Shop) RemoveProduct(name string) error {
	return s.editProduct(name, func(p *product) error {
		s.removeProduct(p)
		return nil
	})
}

func (s *Shop) removeProduct(p *product) {
	for _, v := range p.variants {
		s.dropVariant(v)
	}
	for _, c := range s.collections {
		c.chosen = without(c.chosen, p)
	}
	s.products = without(s.products, p)
	delete(s.handles, p.handle)
}

// dropVariant takes a variant out of the shop's lists, and its stock unless another variant shares it.
func (s *Shop) dropVariant(v *variant) {
	if v.item.lose(v); len(v.item.variants) == 0 {
		s.dropItem(v.item)
	}
	s.variants = without(s.variants, v)
}

// AddMedia adds a medium to a product and returns its id.
func (s *Shop) AddMedia(name string, n NewMedia) (string, error) {
	id := ""
	err := s.editProduct(name, func(p *product) error {
		if err := s.addMedia(p, []NewMedia{n}); err != nil {
			return err
		}
		id = p.media[len(p.media)-1].gid()
		return nil
	})
	return id, err
}

// RemoveMedia takes a medium, given by id, off a product and its variants.
func (s *Shop) RemoveMedia(name, id string) error {
	return s.editProduct(name, func(p *product) error {
		at := slices.IndexFunc(p.media, func(m *media) bool { return m.gid() == id })
		if at < 0 {
			return fmt.Errorf("%s has no medium %s", p.handle, id)
		}
		m := p.media[at]
		p.media = without(p.media, m)
		for _, v := range p.variants {
			v.media = without(v.media, m)
		}
		return nil
	})
}

// FinishMedia ends the processing of a medium, given by id, with status READY or FAILED. The product is not
// marked as changed: whether Shopify does so is not known.
func (s *Shop) FinishMedia(id, status string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := oneOf("outcome", status, "READY", "FAILED"); err != nil {
		return err
	}
	node, err := s.mediaNode(id)
	m, ok := node.(*media)
	if err != nil || !ok {
		return fmt.Errorf("there is no medium %s", id)
	}
	m.status, m.updatedAt = status, s.now()
	return nil
}
