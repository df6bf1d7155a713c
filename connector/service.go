package connector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Service links stores to the shops of one provider.
type Service struct {
	Provider Provider
	Registry Registry
	App      App
	Now      func() time.Time
}

// App is the operator's own app at the provider. Empty fields mean that what
// was stored with the connector counts.
type App struct {
	ClientID    string
	Secret      Secret
	OldSecret   Secret // accepted in signatures while the secret is rotated
	CallbackURL string // registered with the app, byte for byte
}

// Request is the wish to connect a store.
type Request struct {
	Store     string
	Shop      string // as typed; "" means the shop linked before
	Auth      Auth
	Only      []Resource // empty means all
	Token     Secret     // for AdminToken
	Permanent bool       // ask for a token that does not expire; for Browser
	Timeout   time.Duration
	Operator  Operator
}

// Operator is the person at the terminal. A nil field means that they cannot
// be reached that way.
type Operator struct {
	OpenBrowser func(address string) error
	Tell        func(message string)
	Ask         func(question string) (string, error)
	ReadLine    func() (string, error) // for a pasted callback address

}

// Connect gets the right to read the shop and makes the connector live. The
// error is a *Fault; with a Reason if the attempt was made and failed, which is
// then on record. A working install survives every failure.
func (s *Service) Connect(ctx context.Context, r Request) (Connector, error) {
	a, err := s.prepare(ctx, r)
	if err != nil {
		return Connector{}, err
	}
	if err := a.refuseKnown(ctx); err != nil {
		return Connector{}, a.failed(ctx, err)
	}
	if r.Auth == Browser {
		return a.throughBrowser(ctx)
	}
	if err := a.begin(ctx); err != nil {
		return Connector{}, err
	}
	return a.ended(ctx, a.direct)
}

// Probe asks the shop now and remembers the answer. When the shop cannot be
// asked the error is a *Fault, and the connector is returned as it stands then.
func (s *Service) Probe(ctx context.Context, c Connector) (Connector, error) {
	if err := s.checkSite(c); err != nil {
		return c, err
	}
	account, err := s.identify(ctx, c)
	return s.Heard(ctx, c, account, err)
}

// Heard remembers what a shop said about itself when it was asked for any
// purpose, or by which fault it did not. It returns the connector as it stands
// then, with err or why the answer will not do.
func (s *Service) Heard(ctx context.Context, c Connector, account Account, err error) (Connector, error) {
	fault := (*Fault)(nil)
	switch {
	case err == nil && account.ID != c.AccountID:
		return c, s.otherShopAnswers(c, account)
	case err == nil:
		c = s.observed(c, account)
	case errors.As(err, &fault) && fault.Code == ShopUnavailable:
		c.Reason = cmp.Or(fault.Reason, ShopIsUnavailable)
	default: // the network says nothing about the shop, and a refused token is on record
		current, lost := s.Registry.Connector(ctx, c.Store, c.Provider)
		return current, errors.Join(err, lost)
	}
	return c, errors.Join(err, s.Registry.RecordContact(ctx, c))
}

// identify asks the shop who it is; a refused token is renewed once.
func (s *Service) identify(ctx context.Context, c Connector) (Account, error) {
	credentials := s.Credentials(c)
	token, err := credentials.Token(ctx)
	if err != nil {
		return Account{}, err
	}
	account, err := s.Provider.Identify(ctx, c.Domain, token)
	if fault := (*Fault)(nil); !errors.As(err, &fault) || fault.Code != TokenWasRefused {
		return account, err
	}
	if token, err = credentials.Refused(ctx, token); err != nil {
		return Account{}, err
	}
	return s.Provider.Identify(ctx, c.Domain, token)
}

// observed is c as the shop just described it.
func (s *Service) observed(c Connector, account Account) Connector {
	c.Account, c.Currency, c.Scopes, c.APIVersion = account.Name, account.Currency, account.Scopes, account.APIVersion
	c.CheckedAt, c.Reason = s.Now(), ""
	if len(c.MissingScopes()) > 0 {
		c.Reason = ScopeIsMissing
	}
	return c
}

// checkSite keeps the credentials of a real shop from a sandbox and the other
// way round.
func (s *Service) checkSite(c Connector) error {
	if !c.Attached || c.Sandbox == s.Provider.Sandbox() {
		return nil
	}
	if c.Sandbox {
		return &Fault{Code: Usage, Message: fmt.Sprintf("store %s is linked to a sandbox, and %s does not name one", c.Store, s.variable("URL")),
			Hint: fmt.Sprintf("set %s to the sandbox's address, or: %s", s.variable("URL"), s.command("disconnect", c.Store, "")+" --local")}
	}
	return &Fault{Code: Usage, Message: fmt.Sprintf("store %s is linked to a real shop, and %s names a sandbox", c.Store, s.variable("URL")),
		Hint: "unset " + s.variable("URL")}
}

// variable is the environment variable of one of the provider's settings.
func (s *Service) variable(name string) string {
	return "ESHOPCTL_" + strings.ToUpper(s.Provider.Name()) + "_" + name
}

// command is what the operator types to connect or disconnect.
func (s *Service) command(verb, store, domain string) string {
	text := fmt.Sprintf("eshopctl %s %s --store %s", verb, s.Provider.Name(), store)
	if domain != "" {
		text += " --shop " + domain
	}
	return text
}
