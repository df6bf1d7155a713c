package site

import (
	"fmt"
	"net/http"
	"slices"
)

// detour sends what is meant for a shop, or for where Shopify keeps files, to the
// sandbox instead, and nothing else anywhere beyond this machine.
type detour struct {
	next    http.RoundTripper
	address string
}

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	switch {
	case isLoopback(r.URL):
		return d.next.RoundTrip(r)
	case !atShop(r.URL) && !slices.Contains(fileHosts, r.URL.Host):
		return nil, fmt.Errorf("with a sandbox nothing is sent to %.100q", r.URL.Host)
	}
	turned := r.Clone(r.Context())
	turned.Host = r.URL.Host
	turned.URL.Scheme, turned.URL.Host = "http", d.address
	return d.next.RoundTrip(turned)
}
