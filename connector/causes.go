package connector

import "errors"

// Redirect is the cause of a fault of a shop whose requests are sent on to another host,
// to which nothing was sent.
type Redirect struct {
	Domain string // the shop's new permanent domain; "" when they are sent on to no shop
}

func (r *Redirect) Error() string { return "requests are sent on" }

// ErrShopGone is the cause of a fault of a domain at which there is no shop.
var ErrShopGone = errors.New("there is no such shop")

// ErrTokenKind is the cause of a fault of a shop that takes tokens of another kind only.
var ErrTokenKind = errors.New("another kind of token is wanted")

// MovedTo is the domain that a renamed shop has now, "" where err is something else.
func MovedTo(err error) string {
	if redirect := (*Redirect)(nil); errors.As(err, &redirect) {
		return redirect.Domain
	}
	return ""
}
