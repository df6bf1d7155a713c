package connector

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
	"syscall"
)

// ParseCallbackURL accepts http addresses of this machine only. Providers
// compare the address byte for byte with the registered one, so the port is
// fixed and nothing is normalised. variable names the setting.
func ParseCallbackURL(text, variable string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err == nil && isLoopback(u.Hostname()) && isPlain(u, text) && len(text) <= longestCallback {
		return u, nil
	}
	return nil, &Fault{Code: Usage, Message: fmt.Sprintf("%s is %.100q, which is not an address of this machine", variable, text),
		Next: Advice("set " + variable + " to http://127.0.0.1:PORT/PATH, and register exactly that with the app")}
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

// listenAt takes the port of the callback address at once, before anything else
// is done. A name is served on both families: whoever held the other one could
// catch the callback.
func listenAt(callback *url.URL, variable string) (*door, error) {
	d := &door{callback: callback}
	hosts := []string{callback.Hostname()}
	if hosts[0] == "localhost" {
		hosts = []string{"127.0.0.1", "::1"}
	}
	port := cmp.Or(callback.Port(), "80")
	for i, host := range hosts {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
		if i > 0 && (errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT)) {
			continue // this machine has no IPv6
		}
		if err != nil {
			d.closeDoor()
			return nil, portTaken(host, port, variable, err)
		}
		d.listeners = append(d.listeners, listener)
	}
	return d, nil
}

func portTaken(host, port, variable string, err error) error {
	why := err.Error()
	if errors.Is(err, syscall.EADDRINUSE) {
		why = "another program uses it"
	}
	return &Fault{Code: Internal, Message: fmt.Sprintf("cannot wait for the callback on port %s of %s: %s", port, host, why),
		Next: Advice(fmt.Sprintf("stop that program, or set %s to an address with another port and register it with the app", variable)), Err: err}
}
