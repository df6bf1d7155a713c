package connector

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// How an attempt ends well: with tokens that the shop accepts.

// installDirectly makes the install without asking the merchant.
func (a *attempt) installDirectly(ctx context.Context) (Connector, error) {
	if a.request.Auth == AdminToken {
		return a.installGrant(ctx, grant{Secrets{AccessToken: a.request.Token}, TokenInfo{Kind: Permanent}})
	}
	granted, err := a.newIssuer().mintGrant(ctx)
	if err != nil {
		return Connector{}, a.notIssued(err)
	}
	return a.installGrant(ctx, granted)
}

// completeInstall makes the install from the code of a callback. Nobody renews the
// tokens of the install before meanwhile: the provider would retire either these or
// those.
func (a *attempt) completeInstall(ctx context.Context, code, verifier string) (Connector, error) {
	release, err := a.Registry.LockTokens(ctx, a.asConnector())
	if err != nil {
		return Connector{}, err
	}
	defer release()
	if err := failpoint.Reach("connect/called-back"); err != nil {
		return Connector{}, err
	}
	granted, err := a.newIssuer().redeemCode(ctx, code, verifier, a.request.Permanent)
	if err != nil {
		return Connector{}, a.notIssued(err)
	}
	return a.installGrant(ctx, granted)
}

// installGrant asks the shop who it is and puts everything on record.
func (a *attempt) installGrant(ctx context.Context, granted grant) (Connector, error) {
	if err := failpoint.Reach("connect/exchanged"); err != nil {
		return Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	account, err := a.Provider.Identify(ctx, a.domain, granted.secrets.AccessToken)
	if err != nil {
		return Connector{}, errors.Join(a.notIdentified(err), a.handOn(ctx, granted))
	}
	a.proven = account.ID == a.previous.AccountID
	if err := a.checkAccount(account); err != nil {
		if a.proven {
			err = errors.Join(err, a.handOn(ctx, granted))
		}
		return Connector{}, err
	}
	if err := failpoint.Reach("connect/identified"); err != nil {
		return Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	c := a.observedAs(a.asConnector(), account)
	c.AccountID, c.Token, c.ConnectedAt = account.ID, granted.token, c.CheckedAt
	c, err = a.Registry.SaveInstall(ctx, c, granted.secrets)
	if errors.Is(err, ErrShopTaken) {
		return Connector{}, a.takenMeanwhile(ctx, account)
	}
	if err != nil {
		return Connector{}, errors.Join(err, a.handOn(ctx, granted))
	}
	return c, failpoint.Reach("connect/saved")
}

// handOn gives the tokens of an attempt that fails after all to the install from
// before: when the provider gave them it retired the refresh token of that one
// (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens).
func (a *attempt) handOn(ctx context.Context, granted grant) error {
	old := a.previous
	sameApp := old.State == Live && old.Auth == Browser && old.ClientID == a.app.ClientID
	sameShop := a.proven || old.Domain == a.domain
	if !sameApp || !sameShop || old.Token.Kind != Expiring {
		return nil
	}
	last, cancel := LastWords(ctx)
	defer cancel()
	err := a.Registry.SaveTokens(last, old, granted.token, granted.secrets)
	if errors.Is(err, ErrInstallChanged) {
		return nil
	}
	return err
}

// checkAccount makes sure that the shop that answers is the shop that was asked
// for. A token of another shop is dropped, not revoked: revoking would remove
// the app from a shop that is none of our business.
func (a *attempt) checkAccount(account Account) error {
	if account.Domain != a.domain {
		return a.wrongShop(account.Domain)
	}
	if a.previous.Attached && account.ID != a.previous.AccountID {
		return a.accountChanged(account.Domain)
	}
	return nil
}

func (a *attempt) takenMeanwhile(ctx context.Context, account Account) error {
	holder, _, err := a.Registry.Holder(ctx, a.platform().Name, account.ID, "")
	return errors.Join(a.shopTaken(holder), err)
}
