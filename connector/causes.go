package connector

import "errors"

// Redirect is the cause of a fault: the shop redirects requests to another host.
// Nothing was sent to that host.
type Redirect struct {
	Domain string // the shop's new permanent domain; "" when the other host is no shop
}

func (r *Redirect) Error() string { return "requests are sent on" }

// ErrShopGone is the cause of a fault: there is no shop at the domain.
var ErrShopGone = errors.New("there is no such shop")

// ErrTokenKind is the cause of a fault: the shop takes only tokens of another kind.
var ErrTokenKind = errors.New("another kind of token is wanted")

// MovedTo returns the domain that a renamed shop has now, "" when err has another
// cause.
func MovedTo(err error) string {
	if redirect := (*Redirect)(nil); errors.As(err, &redirect) {
		return redirect.Domain
	}
	return ""
}
