package link

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Request is the wish to connect a store.
type Request struct {
	Store     string
	Shop      string // as typed; "" means the shop linked before
	Auth      connector.Auth
	Only      []connector.Resource // to be set up for; none: as before, and at first for all that the provider offers
	Token     connector.Secret     // for AdminToken
	Permanent bool                 // ask for a token that does not expire; for Browser
	Timeout   time.Duration
	Operator  Operator
	Flags     []string // of this attempt only, to be typed again with the next one
}

// timeoutInWords writes the timeout as it is typed: 5m, 90s.
func (r Request) timeoutInWords() string {
	text := strings.TrimSuffix(r.Timeout.String(), "m0s")
	if text == r.Timeout.String() {
		return text
	}
	return text + "m"
}

// Operator is the person at the terminal. A nil field means that they cannot
// be reached that way.
type Operator struct {
	OpenBrowser func(address string) error
	Tell        func(message string)
	Ask         func(ctx context.Context, question string) (string, error)
	ReadLine    func() (string, error) // for a pasted callback address
}

func (o Operator) tellLine(format string, values ...any) {
	if o.Tell != nil {
		o.Tell(fmt.Sprintf(format, values...))
	}
}
