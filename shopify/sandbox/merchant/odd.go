package merchant

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// What happens to inventory items and locations behind the back of the list that they belong to.

// ShareItem gives a variant the inventory item of another.
func (m *Merchant) ShareItem(owner, sharer string) error {
	m.shop.Lock()
	defer m.shop.Unlock()
	first, err := m.shop.VariantNamed(owner)
	if err != nil {
		return err
	}
	second, err := m.shop.VariantNamed(sharer)
	if err != nil || first.Item == second.Item {
		return err
	}
	old := second.Item
	first.Item.GiveTo(second)
	if len(old.Variants) == 0 {
		m.shop.DropItem(old)
	}
	second.UpdatedAt, second.Product.UpdatedAt = m.shop.Now(), m.shop.Now()
	return nil
}

// OwnItem gives a variant an inventory item of its own, which is stocked nowhere.
func (m *Merchant) OwnItem(sku string) error {
	return m.EditVariant(sku, func(v *catalogue.Variant) error {
		if len(v.Item.Variants) == 1 {
			return fmt.Errorf("%s shares its inventory item with nobody", sku)
		}
		fresh := m.shop.NewItem(v)
		fresh.Tracked, fresh.RequiresShipping = v.Item.Tracked, v.Item.RequiresShipping
		fresh.Weight, fresh.WeightUnit = v.Item.Weight, v.Item.WeightUnit
		v.Item.LoseVariant(v)
		v.Item = fresh
		m.shop.Items = append(m.shop.Items, fresh)
		return nil
	})
}

// LeaveItem deletes a variant, with its product if it is the only one, and leaves its inventory item as it is.
func (m *Merchant) LeaveItem(sku string) error {
	return m.EditVariant(sku, func(v *catalogue.Variant) error {
		v.Item.LoseVariant(v)
		v.Item = m.shop.NewItem(v) // which goes with it, never listed
		if len(v.Product.Variants) == 1 {
			m.shop.RemoveProduct(v.Product)
		} else {
			m.shop.RemoveVariant(v)
		}
		return nil
	})
}

// UnlistLocation leaves a location out of the list of locations. It still answers by its id.
func (m *Merchant) UnlistLocation(name string) error {
	return m.EditLocation(name, func(l *catalogue.Location) error {
		l.Unlisted, l.Lost = true, false
		return nil
	})
}

// LoseLocation makes a location one that only its levels speak of.
func (m *Merchant) LoseLocation(name string) error {
	return m.EditLocation(name, func(l *catalogue.Location) error {
		l.Unlisted, l.Lost = true, true
		return nil
	})
}

// ListLocation puts a location back into the list.
func (m *Merchant) ListLocation(name string) error {
	return m.EditLocation(name, func(l *catalogue.Location) error {
		l.Unlisted, l.Lost = false, false
		return nil
	})
}

// ForgetAvailable makes the shop give no number available of a level until it is set again.
func (m *Merchant) ForgetAvailable(sku, place string) error {
	return m.EditLevel(sku, place, func(l *catalogue.Level) error {
		l.Unknown = true
		return nil
	})
}
