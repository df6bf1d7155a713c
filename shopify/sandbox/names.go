package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A shop may get another myshopify.com name. Whether Shopify then sends requests for
// the old name on or answers them is not documented; both are told, so that both can
// be tried here.

// rename gives the shop another permanent domain, at which it answers as well from
// now on.
func (s *Server) rename(shop *Shop, domain string) error {
	if !strings.HasSuffix(domain, ".myshopify.com") {
		return fmt.Errorf("%s is not the domain of a shop: NAME.myshopify.com", domain)
	}
	s.names.Lock()
	defer s.names.Unlock()
	shop.mu.Lock()
	defer shop.mu.Unlock()
	s.shops[domain], shop.domain = shop, domain
	delete(s.sentOn, domain)
	return nil
}

// sendOn has every request for a host sent on to another one.
func (s *Server) sendOn(from, to string) {
	s.names.Lock()
	defer s.names.Unlock()
	s.sentOn[from] = to
}

func (s *Server) sendsOn(host string) (to string, on bool) {
	s.names.RLock()
	defer s.names.RUnlock()
	to, on = s.sentOn[host]
	return to, on
}

// served lists the shops, one under several names only once.
func (s *Server) served() []*Shop {
	s.names.RLock()
	defer s.names.RUnlock()
	once := map[*Shop]bool{}
	for shop := range maps.Values(s.shops) {
		once[shop] = true
	}
	return slices.Collect(maps.Keys(once))
}
