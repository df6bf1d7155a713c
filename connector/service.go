package connector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

// Service links stores to the shops of one provider.
type Service struct {
	Provider Provider
	Registry Registry
	App      App
	Now      func() time.Time
	Patience *Patience // with the token endpoint
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
	Only      []Resource // to be set up for; none: as before, and at first for all that the provider offers
	Token     Secret     // for AdminToken
	Permanent bool       // ask for a token that does not expire; for Browser
	Timeout   time.Duration
	Operator  Operator
	Flags     []string // of this attempt only, to be typed again with the next one
}

// Operator is the person at the terminal. A nil field means that they cannot
// be reached that way.
type Operator struct {
	OpenBrowser func(address string) error
	Tell        func(message string)
	Ask         func(ctx context.Context, question string) (string, error)
	ReadLine    func() (string, error) // for a pasted callback address

}

// Connect gets the right to read the shop and makes the connector live. The
// error is a *Fault. An attempt that was made and failed is then on record, with its
// Reason; what was refused before anything was asked of the shop leaves no trace. A
// working install survives every failure.
func (s *Service) Connect(ctx context.Context, r Request) (Connector, error) {
	a, err := s.prepareAttempt(ctx, r)
	if err != nil {
		return Connector{}, err
	}
	if err := a.refuseKnown(ctx); err != nil {
		return Connector{}, err
	}
	if r.Auth == Browser {
		return a.throughBrowser(ctx)
	}
	if err := a.beginAttempt(ctx); err != nil {
		return Connector{}, err
	}
	return a.endAttempt(ctx, a.installDirectly)
}

// Probe asks the shop now and remembers the answer. When the shop cannot be
// asked the error is a *Fault, and the connector is returned as it stands then.
func (s *Service) Probe(ctx context.Context, c Connector) (Connector, error) {
	if err := s.checkSite(c); err != nil {
		return c, err
	}
	var account Account
	err := s.withToken(ctx, c, func(token Secret) (err error) {
		account, err = s.Provider.Identify(ctx, c.Domain, token)
		return err
	})
	if err != nil {
		return s.Missed(ctx, c, err)
	}
	return s.Met(ctx, c, account)
}

// Met remembers how the shop described itself when it was asked with the connector's
// token, and returns the connector as it stands then. That another shop answered is
// a *Fault.
func (s *Service) Met(ctx context.Context, c Connector, account Account) (Connector, error) {
	if account.ID != c.AccountID {
		return s.Missed(ctx, c, s.otherShopAnswers(c, account))
	}
	account.Currency = cmp.Or(c.Currency, account.Currency) // another one must be noticed by imports, until the store is connected again
	c = s.observedAs(c, account)
	return c, s.Registry.RecordContact(ctx, c)
}

// Missed remembers by which fault a contact with the shop failed, so that the
// connection is not shown as well, and returns the connector as it stands then,
// with err. What the machine here or its settings are to blame for says nothing
// about the shop, and a token that was refused for good is on record already.
func (s *Service) Missed(ctx context.Context, c Connector, err error) (Connector, error) {
	current, lost := s.Registry.Connector(ctx, c.Store, c.Provider)
	if lost != nil {
		return c, errors.Join(err, lost)
	}
	var fault *Fault
	if !errors.As(err, &fault) {
		return current, err
	}
	told := *fault
	told.Next = current.Addressed(fault)
	if !fault.ofContact() || current.State != Live || current.Generation != c.Generation {
		return current, &told
	}
	current.Trouble, current.MovedTo = fault.Message, MovedTo(fault)
	if fault.Code == ShopUnavailable {
		current.Reason = cmp.Or(fault.Reason, ShopIsUnavailable)
	}
	if lost := s.Registry.RecordContact(ctx, current); lost != nil && !errors.Is(lost, ErrInstallChanged) {
		return current, errors.Join(&told, lost)
	}
	return current, &told
}

// refusals is how many tokens a shop may refuse before a request is given up.
const refusals = 3

// withToken makes a request with the connector's token, and again with another
// one when the shop refuses it.
func (s *Service) withToken(ctx context.Context, c Connector, request func(Secret) error) error {
	credentials := s.Credentials(c)
	token, err := credentials.Token(ctx)
	for tries := 1; err == nil; tries++ {
		err = request(token)
		if fault := (*Fault)(nil); !errors.As(err, &fault) || fault.Code != TokenWasRefused || tries == refusals {
			return err
		}
		token, err = credentials.Refused(ctx, token)
	}
	return err
}

// observedAs is c as the shop just described it.
func (s *Service) observedAs(c Connector, account Account) Connector {
	c.Account, c.Currency, c.Scopes, c.APIVersion = account.Name, account.Currency, account.Scopes, account.APIVersion
	c.CheckedAt, c.Reason, c.Trouble, c.MovedTo = s.Now(), "", "", ""
	if last := c.LastAttempt; last != nil {
		c.LastAttempt = &Attempt{At: last.At, Reason: last.Reason, Text: last.Text, Over: true}
	}
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
		return &Fault{Code: Usage, Message: fmt.Sprintf("store %s is linked to a sandbox, and %s does not name one", c.Store, s.variableOf("URL")),
			Next: s.disconnectCommand(c.Store).With("--local").After(fmt.Sprintf("set %s to the sandbox's address, or forget that link:\n", s.variableOf("URL")))}
	}
	return &Fault{Code: Usage, Message: fmt.Sprintf("store %s is linked to a real shop, and %s names a sandbox", c.Store, s.variableOf("URL")),
		Next: Advice("unset " + s.variableOf("URL"))}
}

// platform is what the provider says of itself.
func (s *Service) platform() Platform { return s.Provider.Platform() }

// variableOf is the environment variable of one of the provider's settings.
func (s *Service) variableOf(setting string) string { return s.platform().Variable(setting) }

// statusCommand is what shows how a store stands.
func statusCommand(store string) Command { return Typed("status").For(store) }

// disconnectCommand is what the operator types to disconnect a store.
func (s *Service) disconnectCommand(store string) Command {
	return Typed("disconnect", s.platform().Name).For(store)
}
