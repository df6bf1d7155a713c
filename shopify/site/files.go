package site

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// fileHosts are the hosts of the results of bulk operations.
var fileHosts = []string{"storage.googleapis.com"}

// FileAddress parses and checks the signed address of a result. Whoever has the address can
// read the file, so that no message may hold it.
func (s *Site) FileAddress(signed string) (*url.URL, *connector.Fault) {
	address, err := url.Parse(signed)
	if err == nil && address.User == nil && s.holdsFiles(address) {
		return address, nil
	}
	host := "an address that cannot be read"
	if err == nil {
		host = fmt.Sprintf("%.80q", address.Scheme+"://"+address.Host)
	}
	return nil, &connector.Fault{
		Code:    connector.ProviderFault,
		Message: "the result of a bulk operation lies at " + host + ", which is not where Shopify keeps them; it was not fetched",
		Next:    connector.Typed("doctor").After("make sure that nothing between this machine and Shopify changes its answers: "),
	}
}

// holdsFiles reports whether results may lie at an address. The results of a sandbox lie at the
// sandbox itself, under any name that it serves.
func (s *Site) holdsFiles(address *url.URL) bool {
	if address.Scheme == "https" && slices.Contains(fileHosts, address.Host) {
		return true
	}
	return s.Sandbox() && (atShop(address) || isLoopback(address) && address.Host == s.sandbox)
}

// FileClient returns an HTTP client for results. It sends no access token and follows no
// redirect.
func (s *Site) FileClient() *http.Client { return stayingClient(fileRoute{s}) }

// fileRoute refuses requests to hosts without results, and requests with an access token.
type fileRoute struct{ site *Site }

func (t fileRoute) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get(TokenHeader) != "" || !t.site.holdsFiles(r.URL) {
		return nil, wrongHost(r.URL.Host)
	}
	return t.site.transport.RoundTrip(r)
}
