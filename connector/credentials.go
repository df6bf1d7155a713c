package connector

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// Credentials gives the access token of a live connector and renews it in time.
func (s *Service) Credentials(c Connector) Credentials {
	return &storedCredentials{Service: s, connector: c}
}

// renewPause stands after a renewal ahead of time that failed.
const renewPause = 30 * time.Second

// storedCredentials is the credentials that an install left in the registry. Other
// processes may renew them at any time.
type storedCredentials struct {
	*Service

	mu        sync.Mutex
	connector Connector
	secrets   Secrets // none until they are asked for
	issued    Secret  // the token that this process got by renewing
	failedAt  time.Time
	patience  *Patience // with the renewal at work
}

// Token returns the stored token, renewed when it ends soon. As long as it has
// not ended, a failed renewal does no harm yet.
func (k *storedCredentials) Token(ctx context.Context) (Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.makeReady(ctx); err != nil {
		return Secret{}, err
	}
	if !k.hasEnded() && (!k.isDue() || k.Now().Sub(k.failedAt) < renewPause) {
		return k.secrets.AccessToken, nil
	}
	k.patience = k.Patience
	if !k.hasEnded() {
		k.patience = NewPatience(UntilTold, nil) // nobody waits for what is not needed yet
	}
	err := k.renewToken(ctx, func() bool { return k.isDue() || k.hasEnded() })
	switch {
	case err == nil:
		return k.secrets.AccessToken, nil
	case k.hasEnded() || ctx.Err() != nil || errors.Is(err, ErrInstallChanged):
		return Secret{}, k.endIfFinal(ctx, err)
	}
	k.failedAt = k.Now()
	return k.secrets.AccessToken, nil
}

// Refused renews the token that the shop answered 401 to, unless that was done
// meanwhile. When there is no renewal either, or the shop refuses what it minted
// for the app a moment ago, the install is over.
func (k *storedCredentials) Refused(ctx context.Context, used Secret) (Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.makeReady(ctx); err != nil {
		return Secret{}, err
	}
	if k.secrets.AccessToken != used {
		return k.secrets.AccessToken, nil
	}
	if used == k.issued && k.connector.Token.Kind == FromSecrets {
		return Secret{}, k.endIfFinal(ctx, k.rejectedFault(k.connector))
	}
	k.patience = k.Patience
	if err := k.renewToken(ctx, func() bool { return k.secrets.AccessToken == used || k.hasEnded() }); err != nil {
		return Secret{}, k.endIfFinal(ctx, err)
	}
	return k.secrets.AccessToken, nil
}

// makeReady checks that there is an install to speak for, and opens its secrets.
func (k *storedCredentials) makeReady(ctx context.Context) error {
	switch {
	case k.connector.State != Live:
		return k.notConnected(k.connector)
	case k.App.ClientID != "" && k.connector.ClientID != "" && k.App.ClientID != k.connector.ClientID:
		return k.otherClient(k.connector)
	}
	if err := k.checkSite(k.connector); err != nil || !k.secrets.AccessToken.IsZero() {
		return err
	}
	return k.rereadSecrets(ctx)
}

// rereadSecrets takes over what is stored now. Another install than the one that this
// began with is an error.
func (k *storedCredentials) rereadSecrets(ctx context.Context) error {
	current, err := k.Registry.Connector(ctx, k.connector.Store, k.connector.Provider)
	if err != nil {
		return err
	}
	if current.Generation != k.connector.Generation {
		return k.changedFault(current)
	}
	secrets, err := k.Registry.Secrets(ctx, current)
	if err != nil {
		return err
	}
	if secrets.AccessToken.IsZero() {
		return k.notConnected(current)
	}
	k.connector, k.secrets = current, secrets
	return nil
}

// isDue reports whether the token is to be renewed ahead of its end.
func (k *storedCredentials) isDue() bool { return k.past(k.connector.Token.RenewAt) }

// hasEnded reports whether the token is worth nothing: its time is over, or no request
// could hold it.
func (k *storedCredentials) hasEnded() bool {
	return k.past(k.connector.Token.ExpiresAt) || k.secrets.AccessToken.Flaw() != ""
}

func (k *storedCredentials) past(end time.Time) bool { return !end.IsZero() && !k.Now().Before(end) }

// renewToken replaces the token if that is needed. One process at a time does it, and
// those who waited find it done: whether it is needed is asked anew once nobody
// else can renew it.
func (k *storedCredentials) renewToken(ctx context.Context, needed func() bool) error {
	release, err := k.Registry.LockTokens(ctx, k.connector)
	if err != nil {
		return err
	}
	defer release()
	if err := k.rereadSecrets(ctx); err != nil {
		return err
	}
	if !needed() {
		return nil
	}
	if err := failpoint.Reach("refresh/locked"); err != nil {
		return err
	}
	granted, err := k.issueGrant(ctx)
	if err != nil || granted.secrets == k.secrets {
		return err
	}
	if err := failpoint.Reach("refresh/answered"); err != nil {
		return err
	}
	// The provider has retired the old pair: the new one must be kept even if
	// the operator stops the program at this moment.
	last, cancel := LastWords(ctx)
	defer cancel()
	if err := k.Registry.SaveTokens(last, k.connector, granted.token, granted.secrets); err != nil {
		return err
	}
	k.connector.Token, k.secrets, k.issued = granted.token, granted.secrets, granted.secrets.AccessToken
	return failpoint.Reach("refresh/saved")
}

// issueGrant gets a new token in the way of its kind. Where the stored client secret
// is no longer right, the one of the environment may be.
func (k *storedCredentials) issueGrant(ctx context.Context) (grant, error) {
	granted, err := k.issueWith(ctx, k.secrets.ClientSecret)
	given := k.App.Secret
	if fault := (*Fault)(nil); errors.As(err, &fault) && fault.Reason == InvalidClient && !given.IsZero() && given != k.secrets.ClientSecret {
		return k.issueWith(ctx, given)
	}
	return granted, err
}

func (k *storedCredentials) issueWith(ctx context.Context, clientSecret Secret) (grant, error) {
	c := k.connector
	from := issuer{provider: k.Provider, app: App{ClientID: c.ClientID, Secret: clientSecret}, domain: c.Domain, now: k.Now, patience: k.patience}
	switch c.Token.Kind {
	case Expiring:
		return from.refreshGrant(ctx, k.secrets.RefreshToken)
	case FromSecrets:
		return from.mintGrant(ctx)
	}
	if flaw := k.secrets.AccessToken.Flaw(); flaw != "" {
		return grant{}, k.flawedFault(flaw)
	}
	// A token without renewal is over when the shop refuses it twice.
	_, err := k.Provider.Identify(ctx, c.Domain, k.secrets.AccessToken)
	return grant{k.secrets, c.Token}, err
}

// endIfFinal ends the install when its token was refused for good. Faults that
// may pass and wrong settings leave it alone.
func (k *storedCredentials) endIfFinal(ctx context.Context, err error) error {
	var fault *Fault
	if !errors.As(err, &fault) || !isFinal(fault) {
		return err
	}
	last, cancel := LastWords(ctx)
	defer cancel()
	ended := k.Registry.EndInstall(last, k.connector, TokenRejected)
	if ended != nil && !errors.Is(ended, ErrInstallChanged) {
		return ended
	}
	c := k.connector
	c.Reason = fault.Reason // which may speak against the same way
	k.connector.State, k.connector.Reason = Inactive, TokenRejected
	return k.rejectedFault(c)
}

func isFinal(fault *Fault) bool {
	return fault.Code == TokenWasRefused || fault.Reason.againstWay()
}
