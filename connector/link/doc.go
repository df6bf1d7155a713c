// Package link connects a store to a shop, looks after that link and ends it.
//
// A Service does it all: Connect, Probe, Disconnect. One try to connect is an attempt:
// it is prepared, waits for the merchant's approval where it needs one, proves at the
// shop that the token is right, and is recorded either as an install or with the reason
// why it failed.
//
// It imports connector for the words, tokens for what the token endpoint gives, and
// callback for the answer of the browser. Begin with service.go; then prepare.go,
// approval.go and install.go are the way of an attempt, failure.go how it may end.
package link
