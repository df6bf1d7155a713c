// Package loopback gives tests addresses to listen at that nothing else uses.
package loopback

import (
	"fmt"
	"math/rand/v2"
	"net"
)

// Address is a free loopback address with a port, for somebody to listen at later.
// Where all of 127.0.0.0/8 is loopback, as on Linux, it is drawn from that, so that no
// other test, and no connection that needs some port, takes it meanwhile.
func Address() (string, error) {
	own := fmt.Sprintf("127.%d.%d.%d:0", 1+rand.N(254), rand.N(256), 1+rand.N(254))
	listener, err := net.Listen("tcp", own)
	if err != nil {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
