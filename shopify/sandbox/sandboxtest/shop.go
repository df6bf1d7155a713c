package sandboxtest

import (
	"io"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// Shop is a shop with all that tests do to it and know of it.
type Shop struct{ *sandbox.Shop }

// NewShop returns an empty shop at the given myshopify.com domain.
func NewShop(domain, name, currency string) *Shop {
	return &Shop{sandbox.ShopWith(catalogue.New(domain, name, currency))}
}

// DefaultShop makes the default shop.
func DefaultShop() *Shop { return &Shop{sandbox.DefaultShop()} }

// Generate makes a shop of n products.
func Generate(n int) *Shop { return &Shop{sandbox.Generate(n)} }

// FromCSV makes a shop of product files.
func FromCSV(files ...io.Reader) (*Shop, error) {
	shop, err := sandbox.FromCSV(files...)
	if err != nil {
		return nil, err
	}
	return &Shop{shop}, nil
}

// ID is the shop's global id.
func (s *Shop) ID() string { return s.Records.GlobalID() }

// Identify changes what the shop says about itself.
func (s *Shop) Identify(change func(*ShopIdentity)) {
	s.Records.Lock()
	defer s.Records.Unlock()
	change(&s.Records.Identity)
}

// Truth takes a snapshot of the shop, in the order of ids.
func (s *Shop) Truth() Truth {
	s.Records.RLock()
	defer s.Records.RUnlock()
	return truthOf(s.Records)
}
