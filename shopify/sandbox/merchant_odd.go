package sandbox

import "fmt"

// What happens to inventory items and locations behind the back of the list that they belong to.

// ShareItem gives a variant the inventory item of another.
func (s *Shop) ShareItem(owner, sharer string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, err := s.variantNamed(owner)
	if err != nil {
		return err
	}
	second, err := s.variantNamed(sharer)
	if err != nil || first.item == second.item {
		return err
	}
	old := second.item
	first.item.give(second)
	if len(old.variants) == 0 {
		s.dropItem(old)
	}
	second.updatedAt, second.product.updatedAt = s.now(), s.now()
	return nil
}

// OwnItem gives a variant an inventory item of its own, which is stocked nowhere.
func (s *Shop) OwnItem(sku string) error {
	return s.editVariant(sku, func(v *variant) error {
		if len(v.item.variants) == 1 {
			return fmt.Errorf("%s shares its inventory item with nobody", sku)
		}
		fresh := s.newItem(v)
		fresh.tracked, fresh.requiresShipping = v.item.tracked, v.item.requiresShipping
		fresh.weight, fresh.weightUnit = v.item.weight, v.item.weightUnit
		v.item.lose(v)
		v.item = fresh
		s.items = append(s.items, fresh)
		return nil
	})
}

// LeaveItem deletes a variant, with its product if it is the only one, and leaves its inventory item as it is.
func (s *Shop) LeaveItem(sku string) error {
	return s.editVariant(sku, func(v *variant) error {
		v.item.lose(v)
		v.item = s.newItem(v) // which goes with it, never listed
		if len(v.product.variants) == 1 {
			s.removeProduct(v.product)
		} else {
			s.removeVariant(v)
		}
		return nil
	})
}

// UnlistLocation leaves a location out of the list of locations. It still answers by its id.
func (s *Shop) UnlistLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		l.unlisted, l.lost = true, false
		return nil
	})
}

// LoseLocation makes a location one that only its levels speak of.
func (s *Shop) LoseLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		l.unlisted, l.lost = true, true
		return nil
	})
}

// ListLocation puts a location back into the list.
func (s *Shop) ListLocation(name string) error {
	return s.editLocation(name, func(l *location) error {
		l.unlisted, l.lost = false, false
		return nil
	})
}

// ForgetAvailable makes the shop give no number available of a level until it is set again.
func (s *Shop) ForgetAvailable(sku, place string) error {
	return s.editLevel(sku, place, func(l *level) error {
		l.unknown = true
		return nil
	})
}

// OnceStockWasAsked runs an edit behind the next answer that inventory items stand in, or that begins to read them.
func (s *Shop) OnceStockWasAsked(edit func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onceStock = append(s.onceStock, edit)
}

// stockAsked notes that inventory items were asked for; the shop may be locked for reading only.
func (s *Shop) stockAsked() { s.askedStock.Store(true) }

// runOnceStock runs what waits for stock to be asked for, if it was.
func (s *Shop) runOnceStock() {
	if !s.askedStock.Swap(false) {
		return
	}
	s.mu.Lock()
	edits := s.onceStock
	s.onceStock = nil
	s.mu.Unlock()
	for _, edit := range edits {
		edit()
	}
}
