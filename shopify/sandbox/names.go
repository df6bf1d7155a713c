package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// directory knows the shops by the hosts at which they answer. A shop may get another myshopify.com name. Whether
// Shopify then sends requests for the old name on or answers them is not documented; both can be tried here.
type directory struct {
	mu     sync.RWMutex
	shops  map[string]*Shop
	sentOn map[string]string // hosts whose requests are sent on to another one
}

// newDirectory lists shops by their domains.
func newDirectory(shops []*Shop) *directory {
	d := &directory{shops: map[string]*Shop{}, sentOn: map[string]string{}}
	for _, shop := range shops {
		d.shops[shop.Domain()] = shop
	}
	return d
}

// shopNamed is the shop at a domain, or nil.
func (d *directory) shopNamed(domain string) *Shop {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.shops[domain]
}

// allShops lists the shops, one under several names only once.
func (d *directory) allShops() []*Shop {
	d.mu.RLock()
	defer d.mu.RUnlock()
	once := map[*Shop]bool{}
	for shop := range maps.Values(d.shops) {
		once[shop] = true
	}
	return slices.Collect(maps.Keys(once))
}

// renameShop gives the shop another permanent domain. It answers at both from now on.
func (d *directory) renameShop(shop *Shop, domain string) error {
	if !strings.HasSuffix(domain, ".myshopify.com") {
		return fmt.Errorf("%s is not the domain of a shop: NAME.myshopify.com", domain)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	shop.Move(domain)
	d.shops[domain] = shop
	delete(d.sentOn, domain)
	return nil
}

// sendOn redirects every request for a host to another one.
func (d *directory) sendOn(from, to string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sentOn[from] = to
}

// sendsOn returns the host to which requests for a host are redirected.
func (d *directory) sendsOn(host string) (to string, on bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	to, on = d.sentOn[host]
	return to, on
}

// shopAt is the shop that a request to its own host is for, or nil.
func (d *directory) shopAt(r *http.Request) *Shop { return d.shopNamed(hostName(r)) }
