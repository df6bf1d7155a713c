package callback

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"syscall"

	"github.com/eshopos/eshopctl/connector"
)

// Listen takes the port of the callback address at once, before anything else
// is done. A name is served on both families: whoever held the other one could
// catch the callback.
func Listen(callback *url.URL, variable string) (*Door, error) {
	d := &Door{Again: make(chan struct{}, 1), callback: callback}
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
			d.Close()
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
	return &connector.Fault{Code: connector.Internal,
		Message: fmt.Sprintf("cannot wait for the callback on port %s of %s: %s", port, host, why),
		Next: connector.Advice(fmt.Sprintf("stop that program, or set %s to an address with another port and register it with the app",
			variable)), Err: err}
}
