package site

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

func isLoopback(address *url.URL) bool {
	endpoint, err := netip.ParseAddrPort(address.Host)
	return err == nil && address.Scheme == "http" && endpoint.Addr().IsLoopback()
}

// hostGuard refuses requests to any host but that of one shop. They carry tokens in a header,
// or secrets and codes in a body.
type hostGuard struct {
	next   http.RoundTripper
	domain string
}

func (g hostGuard) RoundTrip(r *http.Request) (*http.Response, error) {
	own := r.URL.Scheme == "https" && r.URL.Host == g.domain && r.URL.User == nil && (r.Host == "" || r.Host == g.domain)
	if !own || !IsShop(g.domain) {
		return nil, wrongHost(r.URL.Host)
	}
	return g.next.RoundTrip(r)
}

var errWrongHost = errors.New("not the shop's own host")

// wrongHost returns the fault for a request that was not sent. Domains that an operator types
// or Shopify sends are checked before they are stored, so that only a state file which was
// altered leads here.
func wrongHost(host string) *connector.Fault {
	return &connector.Fault{
		Code: connector.StateUnusable, Err: errWrongHost,
		Message: fmt.Sprintf("nothing was sent to %.80q, which is not the host of the connected shop: the state file was altered", host),
		Next: connector.Typed("disconnect", "shopify").ForStoreAtHand().With("--local").
			After("forget the connection, then connect the shop again: "),
	}
}

// atShop reports whether an address is at the permanent domain of any shop.
func atShop(u *url.URL) bool {
	handle, found := strings.CutSuffix(u.Host, DomainSuffix)
	plain := strings.Trim(handle, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	return u.Scheme == "https" && found && plain && handle != "" && handle[0] != '-'
}
