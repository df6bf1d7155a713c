package site

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// TokenHeader is the header that carries the access token
// (https://shopify.dev/docs/api/usage/authentication).
const TokenHeader = "X-Shopify-Access-Token"

// Site is where Shopify is reached: at the real addresses of its shops, or at a sandbox on this
// machine that stands in for all of them.
type Site struct {
	patience  *connector.Patience
	sandbox   string // "127.0.0.1:8080"; "" for the real Shopify
	transport http.RoundTripper
}

// Way is how requests go to Shopify. The zero value is ready to use.
type Way struct {
	// Transport carries requests. nil means one that honours HTTPS_PROXY, NO_PROXY and
	// SSL_CERT_FILE as every Go program does.
	Transport http.RoundTripper
	Patience  *connector.Patience // limits all waiting; nil does not
	Idle      time.Duration       // how long an answer may pause; 0 means a minute
}

// New returns the real Shopify when sandboxURL is "". Otherwise sandboxURL
// must be http://ADDRESS:PORT with a loopback IP address; anything else is a
// *connector.Fault with the code Usage.
func New(sandboxURL string, way Way) (*Site, error) {
	if way.Transport == nil {
		way.Transport = newTransport()
	}
	site := &Site{patience: way.Patience}
	site.transport = stallGuard{way.Transport, way.Patience, cmp.Or(way.Idle, idleTimeout)}
	if sandboxURL == "" {
		return site, nil
	}
	address, err := loopbackAddress(sandboxURL)
	if err != nil {
		return nil, err
	}
	site.sandbox, site.transport = address, detour{site.transport, address}
	return site, nil
}

func loopbackAddress(sandboxURL string) (string, error) {
	address, found := strings.CutPrefix(sandboxURL, "http://")
	endpoint, err := netip.ParseAddrPort(address)
	if !found || err != nil || !endpoint.Addr().IsLoopback() || endpoint.Port() == 0 {
		return "", &connector.Fault{
			Code:    connector.Usage,
			Message: fmt.Sprintf("ESHOPCTL_SHOPIFY_URL is %.100q, which is not the address of a sandbox on this machine", sandboxURL),
			Next: connector.Typed("sandbox").After(`set it to http://127.0.0.1:PORT as "`).
				Then(`" prints it, or unset it to reach the real Shopify`),
		}
	}
	return endpoint.String(), nil
}

func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   connectTimeout,
		ResponseHeaderTimeout: responseTimeout,
		ForceAttemptHTTP2:     true,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: pingAfter},
		// An answer has some kilobytes of headers; the default limit is ten megabytes.
		MaxResponseHeaderBytes: 1 << 20,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        90 * time.Second,
	}
}

// Patience returns what limits all waiting; nil for no limit.
func (s *Site) Patience() *connector.Patience { return s.patience }

// Sandbox reports whether the site is a sandbox.
func (s *Site) Sandbox() bool { return s.sandbox != "" }

// Client returns an HTTP client for the addresses of one shop that URL returns. It sends
// nothing anywhere else and follows no redirect. It limits the time to connect, the time until
// an answer begins and each pause within a body, but not the time of a whole request.
func (s *Site) Client(domain string) *http.Client {
	return stayingClient(hostGuard{s.transport, domain})
}

// stayingClient returns an HTTP client that follows no redirect.
func stayingClient(through http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     through,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// URL returns the address of a path at a shop, for requests by Client. It is the same for the
// real Shopify and a sandbox.
func (s *Site) URL(domain, path string) *url.URL {
	return &url.URL{Scheme: "https", Host: domain, Path: path}
}

// BrowserURL returns the address of a path at a shop for a browser. At a sandbox that is a
// loopback address with the shop as a query parameter.
func (s *Site) BrowserURL(domain, path string, query url.Values) string {
	address := s.URL(domain, path)
	if s.Sandbox() {
		address.Scheme, address.Host = "http", s.sandbox
		query = withShop(query, domain)
	}
	address.RawQuery = query.Encode()
	return address.String()
}

func withShop(query url.Values, domain string) url.Values {
	extended := url.Values{"shop": {domain}}
	for name, values := range query {
		extended[name] = values
	}
	return extended
}
