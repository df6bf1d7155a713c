package merchant

import (
	"sync/atomic"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// Merchant changes a shop from outside of the API, as its owner does. The methods are safe for use from several
// goroutines, also while a server answers from the shop.
type Merchant struct {
	shop *catalogue.Shop

	onceStock  []func() // edits that wait for stock to be asked for
	askedStock atomic.Bool
}

// New returns the merchant of a shop.
func New(shop *catalogue.Shop) *Merchant { return &Merchant{shop: shop} }

// Domain is the shop's myshopify.com domain.
func (m *Merchant) Domain() string {
	m.shop.RLock()
	defer m.shop.RUnlock()
	return m.shop.Domain
}

// Move gives the shop another myshopify.com domain.
func (m *Merchant) Move(domain string) {
	m.shop.Lock()
	defer m.shop.Unlock()
	m.shop.Domain = domain
}

// Identity is what the shop says about itself.
func (m *Merchant) Identity() catalogue.ShopIdentity {
	m.shop.RLock()
	defer m.shop.RUnlock()
	return m.shop.Identity
}

// OnceStockWasAsked runs an edit behind the next answer that inventory items stand in, or that begins to read them.
func (m *Merchant) OnceStockWasAsked(edit func()) {
	m.shop.Lock()
	defer m.shop.Unlock()
	m.onceStock = append(m.onceStock, edit)
}

// NoteStockAsked notes that inventory items were asked for; the shop may be locked for reading only.
func (m *Merchant) NoteStockAsked() { m.askedStock.Store(true) }

// RunOnceStock runs what waits for stock to be asked for, if it was.
func (m *Merchant) RunOnceStock() {
	if !m.askedStock.Swap(false) {
		return
	}
	m.shop.Lock()
	edits := m.onceStock
	m.onceStock = nil
	m.shop.Unlock()
	for _, edit := range edits {
		edit()
	}
}
