package link

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// A store keeps its shop when the shop gets another permanent domain: mapping and history
// belong to the account id. But most people who type another domain mean another shop, or
// mistype, so the linked shop is asked first, at its own host.

// renamesShop reports whether another domain was asked for than the one that the store
// is linked to.
func (a *attempt) renamesShop() bool { return a.previous.Attached && a.previous.Domain != a.domain }

// mayBeRenamed refuses the attempt unless the linked shop redirects to another shop's
// domain, is gone, or goes by another name. Its account id proves later whether it is
// the same shop.
func (a *attempt) mayBeRenamed(ctx context.Context) error {
	account, err := a.askLinked(ctx)
	var fault *connector.Fault
	switch {
	case ctx.Err() != nil:
		return &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was connected", Err: ctx.Err(),
			Next: a.again().Next()}
	case err == nil && account.Domain != a.previous.Domain, connector.MovedTo(err) != "", errors.Is(err, connector.ErrShopGone):
		return nil
	case err == nil:
		return a.accountChanged(a.domain)
	case !errors.As(err, &fault):
		return err
	}
	switch fault.Code {
	case connector.TokenWasRefused, connector.ScopeMissing, connector.ShopUnavailable: // it is there, by its old name
		return a.accountChanged(a.domain)
	case connector.Network, connector.Throttled, connector.ProviderFault:
		return a.notToldWhether(fault)
	}
	return err
}

// askLinked asks the linked shop who it is, with the app and token that it was linked
// with, whatever app the attempt has. Without a token the answer still shows whether
// the shop is there.
func (a *attempt) askLinked(ctx context.Context) (account connector.Account, err error) {
	linked := tokens.Keeper{Provider: a.provider, Registry: a.registry, Now: a.now, Patience: a.patience}
	identify := func(token connector.Secret) (err error) {
		account, err = a.provider.Identify(ctx, a.previous.Domain, token)
		return err
	}
	if a.previous.State != connector.Live {
		return account, identify(connector.Secret{})
	}
	err = tokens.WithToken(ctx, linked.Credentials(a.previous), identify)
	return account, err
}

// notToldWhether is the fault of a linked shop that does not say whether it was
// renamed.
func (a *attempt) notToldWhether(fault *connector.Fault) *connector.Fault {
	told := &connector.Fault{Code: fault.Code, Reason: connector.AccountChanged, Err: fault, Next: a.again().Next(),
		Message: fmt.Sprintf("store %s is linked to %s, which does not tell whether it is %s now: %s", a.request.Store, a.previous.Domain,
			a.domain, fault.Message)}
	if redirect := (*connector.Redirect)(nil); errors.As(fault, &redirect) { // to no shop: that is no rename, and does not pass
		told.Code, told.Next = connector.NotConnected, connector.Typed("status").For(a.request.Store).Next()
	}
	return told
}
