package merchant

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// What the merchant does to products. Products are named by handle or id, variants by SKU or id.

// editProduct runs an edit of one product and marks it as changed now.
func (m *Merchant) editProduct(name string, edit func(p *catalogue.Product) error) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	p, err := m.shop.ProductNamed(name)
	if err != nil {
		return err
	}
	if err := edit(p); err != nil {
		return err
	}
	p.UpdatedAt = m.shop.Now()
	return nil
}

func (m *Merchant) editVariant(name string, edit func(v *catalogue.Variant) error) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	v, err := m.shop.VariantNamed(name)
	if err != nil {
		return err
	}
	if err := edit(v); err != nil {
		return err
	}
	v.UpdatedAt, v.Product.UpdatedAt = m.shop.Now(), m.shop.Now()
	return nil
}

// SetPrice changes the price of a variant.
func (m *Merchant) SetPrice(sku, price string) error {
	return m.editVariant(sku, func(v *catalogue.Variant) error {
		formatted, err := catalogue.FormatMoney(price)
		if err == nil {
			v.Price = formatted
		}
		return err
	})
}

// SetCompareAtPrice changes the price that is struck through; empty takes it away.
func (m *Merchant) SetCompareAtPrice(sku, price string) error {
	return m.editVariant(sku, func(v *catalogue.Variant) error {
		formatted, err := catalogue.OptionalMoney(price)
		if err == nil {
			v.CompareAtPrice = formatted
		}
		return err
	})
}

// SetSKU gives a variant another SKU; nil takes it away.
func (m *Merchant) SetSKU(sku string, to *string) error {
	return m.editVariant(sku, func(v *catalogue.Variant) error {
		v.SKU = to
		v.Item.UpdatedAt = m.shop.Now()
		return nil
	})
}

// SetTracked says whether the shop counts the stock of a variant.
func (m *Merchant) SetTracked(sku string, tracked bool) error {
	return m.editVariant(sku, func(v *catalogue.Variant) error {
		v.Item.Tracked = tracked
		v.Item.UpdatedAt = m.shop.Now()
		return nil
	})
}

// Retitle changes the title of a product; its handle stays.
func (m *Merchant) Retitle(name, title string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
		p.Title = title
		return nil
	})
}

// Describe changes the description of a product.
func (m *Merchant) Describe(name, html string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
		p.HTML = html
		return nil
	})
}

// SetTags changes the tags of a product.
func (m *Merchant) SetTags(name string, tags ...string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
		p.Tags = catalogue.SortedTags(tags)
		return nil
	})
}

// SetStatus makes a product ACTIVE, DRAFT, ARCHIVED or UNLISTED.
func (m *Merchant) SetStatus(name, status string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
		if err := oneOf("status", status, "ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"); err != nil {
			return err
		}
		p.Status = status
		return nil
	})
}

// AddProduct adds a product and returns its id.
func (m *Merchant) AddProduct(n catalogue.NewProduct) (string, error) {
	m.shop.Lock()
	defer m.shop.Unlock()
	p, err := m.shop.AddProduct(n)
	if err != nil {
		return "", err
	}
	return p.GlobalID(), nil
}

// AddVariant adds a variant to a product and returns its id.
func (m *Merchant) AddVariant(name string, n catalogue.NewVariant) (string, error) {
	id := ""
	err := m.editProduct(name, func(p *catalogue.Product) error {
		v, err := m.shop.AddVariant(p, n)
		if err == nil {
			id = v.GlobalID()
		}
		return err
	})
	return id, err
}

// RemoveVariant deletes a variant with its stock; a product keeps at least one.
func (m *Merchant) RemoveVariant(sku string) error {
	return m.editVariant(sku, func(v *catalogue.Variant) error {
		if len(v.Product.Variants) == 1 {
			return fmt.Errorf("%s is the only variant of %s", sku, v.Product.Handle)
		}
		m.shop.RemoveVariant(v)
		return nil
	})
}

// RemoveProduct deletes a product with all that belongs to it.
func (m *Merchant) RemoveProduct(name string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
		m.shop.RemoveProduct(p)
		return nil
	})
}

// AddMedia adds a medium to a product and returns its id.
func (m *Merchant) AddMedia(name string, n catalogue.NewMedia) (string, error) {
	id := ""
	err := m.editProduct(name, func(p *catalogue.Product) error {
		if err := m.shop.AddMedia(p, []catalogue.NewMedia{n}); err != nil {
			return err
		}
		id = p.Media[len(p.Media)-1].GlobalID()
		return nil
	})
	return id, err
}

// RemoveMedia takes a medium, given by id, off a product and its variants.
func (m *Merchant) RemoveMedia(name, id string) error {
	return m.editProduct(name, func(p *catalogue.Product) error {
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
func (m *Merchant) FinishMedia(id, status string) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	if err := oneOf("outcome", status, "READY", "FAILED"); err != nil {
		return err
	}
	medium := m.shop.MediaWithID(id)
	if medium == nil {
		return fmt.Errorf("there is no medium %s", id)
	}
	medium.Status, medium.UpdatedAt = status, m.shop.Now()
	return nil
}
