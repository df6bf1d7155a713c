package site

import (
	"fmt"
	"net/http"
	"slices"
)

// detour sends requests for a shop, or for the host where Shopify keeps files, to the sandbox
// instead. It refuses requests to any other host beyond this machine.
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
	detoured := r.Clone(r.Context())
	detoured.Host = r.URL.Host
	detoured.URL.Scheme, detoured.URL.Host = "http", d.address
	return d.next.RoundTrip(detoured)
}
