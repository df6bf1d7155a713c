package callback

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// ParseURL reads the address of the callback. It accepts http addresses of this machine
// only. Providers compare the address byte for byte with the registered one, so the
// port is fixed and nothing is normalised. variable names the setting in the fault.
func ParseURL(text, variable string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err == nil && isLoopback(u.Hostname()) && isPlain(u, text) && len(text) <= longestCallback {
		return u, nil
	}
	return nil, &connector.Fault{Code: connector.Usage,
		Message: fmt.Sprintf("%s is %.100q, which is not an address of this machine", variable, text),
		Next:    connector.Advice("set " + variable + " to http://127.0.0.1:PORT/PATH, and register exactly that with the app")}
}

// longestCallback is longer than any address that an app has registered.
const longestCallback = 500

// isPlain reports whether an address is nothing but http, host, port and path,
// spelled so that no browser would change it.
func isPlain(u *url.URL, text string) bool {
	plain := url.URL{Scheme: "http", Host: u.Host, Path: u.Path}
	port, err := strconv.ParseUint(cmp.Or(u.Port(), "80"), 10, 16)
	return plain.String() == text && err == nil && port != 0 && !strings.HasSuffix(u.Host, ":") &&
		u.Path != "" && strings.TrimSuffix(path.Clean(u.Path), "/") == strings.TrimSuffix(u.Path, "/")
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback() && address.Zone() == ""
}
