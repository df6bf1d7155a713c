package link

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// An attempt succeeds with a token that the shop accepts.

// installDirectly makes the install without asking the merchant: with the token that
// was given, or with one for the app itself.
func (a *attempt) installDirectly(ctx context.Context) (connector.Connector, error) {
	if a.request.Auth == connector.AdminToken {
		return a.installGrant(ctx, tokens.Grant{Secrets: connector.Secrets{AccessToken: a.request.Token},
			Token: connector.TokenInfo{Kind: connector.Permanent}})
	}
	granted, err := a.issuer().MintGrant(ctx)
	if err != nil {
		return connector.Connector{}, a.notIssued(err)
	}
	return a.installGrant(ctx, granted)
}

// completeInstall makes the install from the code of a callback. Meanwhile nobody else
// renews the tokens of the install before, since the provider would then retire one of
// the two pairs.
func (a *attempt) completeInstall(ctx context.Context, code, verifier string) (connector.Connector, error) {
	release, err := a.registry.LockTokens(ctx, a.asConnector())
	if err != nil {
		return connector.Connector{}, err
	}
	defer release()
	if err := failpoint.Reach("connect/called-back"); err != nil {
		return connector.Connector{}, err
	}
	granted, err := a.issuer().RedeemCode(ctx, code, verifier, a.request.Permanent)
	if err != nil {
		return connector.Connector{}, a.notIssued(err)
	}
	return a.installGrant(ctx, granted)
}

// installGrant asks the shop who it is and records the install.
func (a *attempt) installGrant(ctx context.Context, granted tokens.Grant) (connector.Connector, error) {
	if err := failpoint.Reach("connect/exchanged"); err != nil {
		return connector.Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	account, err := a.provider.Identify(ctx, a.domain, granted.Secrets.AccessToken)
	if err != nil {
		return connector.Connector{}, errors.Join(a.notIdentified(err), a.handOn(ctx, granted))
	}
	a.proven = account.ID == a.previous.AccountID
	if err := a.checkAccount(account); err != nil {
		if a.proven {
			err = errors.Join(err, a.handOn(ctx, granted))
		}
		return connector.Connector{}, err
	}
	if err := failpoint.Reach("connect/identified"); err != nil {
		return connector.Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	c := observedAs(a.asConnector(), account, a.now())
	c.AccountID, c.Token, c.ConnectedAt = account.ID, granted.Token, c.CheckedAt
	c, err = a.registry.SaveInstall(ctx, c, granted.Secrets)
	if errors.Is(err, connector.ErrShopTaken) {
		return connector.Connector{}, a.takenMeanwhile(ctx, account)
	}
	if err != nil {
		return connector.Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	return c, failpoint.Reach("connect/saved")
}

// handOn gives the tokens of an attempt that fails in the end to the install before it,
// whose refresh token the provider retired when it gave the new ones
// (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens).
func (a *attempt) handOn(ctx context.Context, granted tokens.Grant) error {
	old := a.previous
	sameApp := old.State == connector.Live && old.Auth == connector.Browser && old.ClientID == a.app.ClientID
	sameShop := a.proven || old.Domain == a.domain
	if !sameApp || !sameShop || old.Token.Kind != connector.Expiring {
		return nil
	}
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	err := a.registry.SaveTokens(last, old, granted.Token, granted.Secrets)
	if errors.Is(err, connector.ErrInstallChanged) {
		return nil
	}
	return err
}

// checkAccount makes sure that the shop that answers is the one that was asked for. The
// token of another shop is dropped, not revoked: revoking would remove the app from
// that shop.
func (a *attempt) checkAccount(account connector.Account) error {
	if account.Domain != a.domain {
		return a.wrongShop(account.Domain)
	}
	if a.previous.Attached && account.ID != a.previous.AccountID {
		return a.accountChanged(account.Domain)
	}
	return nil
}

func (a *attempt) takenMeanwhile(ctx context.Context, account connector.Account) error {
	holder, _, err := a.registry.Holder(ctx, a.platform().Name, account.ID, "")
	return errors.Join(a.shopTaken(holder), err)
}
