package merchant

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// What the merchant does to products. Products are named by handle or id, variants by SKU or id.

// EditProduct runs an edit of one product and marks it as changed now.
func (m *Merchant) EditProduct(name string, edit func(p *catalogue.Product) error) error {
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

func (m *Merchant) EditVariant(name string, edit func(v *catalogue.Variant) error) error {
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
	return m.EditVariant(sku, func(v *catalogue.Variant) error {
		formatted, err := catalogue.FormatMoney(price)
		if err == nil {
			v.Price = formatted
		}
		return err
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

// RemoveVariant deletes a variant with its stock; a product keeps at least one.
func (m *Merchant) RemoveVariant(sku string) error {
	return m.EditVariant(sku, func(v *catalogue.Variant) error {
		if len(v.Product.Variants) == 1 {
			return fmt.Errorf("%s is the only variant of %s", sku, v.Product.Handle)
		}
		m.shop.RemoveVariant(v)
		return nil
	})
}

// RemoveProduct deletes a product with all that belongs to it.
func (m *Merchant) RemoveProduct(name string) error {
	return m.EditProduct(name, func(p *catalogue.Product) error {
		m.shop.RemoveProduct(p)
		return nil
	})
}
