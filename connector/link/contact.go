package link

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// Probe asks the shop now and records the answer. When the shop cannot be asked the
// error is a *Fault, and the connector is returned as it stands then.
func (s *Service) Probe(ctx context.Context, c connector.Connector) (connector.Connector, error) {
	if err := tokens.CheckSandbox(s.Provider, c); err != nil {
		return c, err
	}
	var account connector.Account
	err := tokens.WithToken(ctx, s.Credentials(c), func(token connector.Secret) (err error) {
		account, err = s.Provider.Identify(ctx, c.Domain, token)
		return err
	})
	if err != nil {
		return s.Missed(ctx, c, err)
	}
	return s.Met(ctx, c, account)
}

// Met records how the shop described itself when it was asked with the connector's
// token, and returns the connector as it stands then. It is a *Fault when another shop
// answered.
func (s *Service) Met(ctx context.Context, c connector.Connector, account connector.Account) (connector.Connector, error) {
	if account.ID != c.AccountID {
		return s.Missed(ctx, c, otherShopAnswers(c, account))
	}
	account.Currency = cmp.Or(c.Currency, account.Currency) // another one must be noticed by imports, until the store is connected again
	c = observedAs(c, account, s.Now())
	return c, s.Registry.RecordContact(ctx, c)
}

// Missed records the fault by which a contact with the shop failed, so that the
// connection is no longer shown as healthy, and returns the connector as it stands
// then, with err. A fault of this machine or its settings says nothing about the shop,
// and a token that was refused for good is on record already.
func (s *Service) Missed(ctx context.Context, c connector.Connector, err error) (connector.Connector, error) {
	current, lost := s.Registry.Connector(ctx, c.Store, c.Provider)
	if lost != nil {
		return c, errors.Join(err, lost)
	}
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return current, err
	}
	told := *fault
	told.Next = current.NextAfter(fault)
	if !fault.IsOfContact() || current.State != connector.Live || current.Generation != c.Generation {
		return current, &told
	}
	current.Trouble, current.MovedTo = fault.Message, connector.MovedTo(fault)
	if fault.Code == connector.ShopUnavailable {
		current.Reason = cmp.Or(fault.Reason, connector.ShopIsUnavailable)
	}
	if lost := s.Registry.RecordContact(ctx, current); lost != nil && !errors.Is(lost, connector.ErrInstallChanged) {
		return current, errors.Join(&told, lost)
	}
	return current, &told
}

// observedAs returns c as the shop described it now.
func observedAs(c connector.Connector, account connector.Account, now time.Time) connector.Connector {
	c.Account, c.Currency, c.Scopes, c.APIVersion = account.Name, account.Currency, account.Scopes, account.APIVersion
	c.CheckedAt, c.Reason, c.Trouble, c.MovedTo = now, "", "", ""
	if last := c.LastAttempt; last != nil {
		c.LastAttempt = &connector.Attempt{At: last.At, Reason: last.Reason, Text: last.Text, Over: true}
	}
	if len(c.MissingScopes()) > 0 {
		c.Reason = connector.ScopeIsMissing
	}
	return c
}

func otherShopAnswers(c connector.Connector, account connector.Account) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Reason: connector.AccountChanged,
		Message: fmt.Sprintf("%s now belongs to another shop (%s) than the one that store %s is linked to (%s)", c.Domain, account.ID,
			c.Store, c.AccountID),
		Next: c.DisconnectCommand().Next()}
}
