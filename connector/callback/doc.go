// Package callback waits on this machine for the shop's answer to an authorisation.
//
// A Door is a web server with two addresses: one that leads the browser to the
// provider, and the callback. A Handshake takes the first valid callback, whether it
// came through the door or was pasted into the terminal. The package knows OAuth's
// parameters, but neither what an answer is for nor what is done with it.
//
// Begin with handshake.go; door.go says who is turned away, url.go which addresses are
// of this machine.
package callback
