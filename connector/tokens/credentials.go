package tokens

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// Keeper keeps the tokens of installs fresh, for one provider.
type Keeper struct {
	Provider connector.Provider
	Registry connector.Registry
	App      connector.App // as it is set now; what is empty counts as it was stored
	Now      func() time.Time
	Patience *connector.Patience // with the token endpoint
}

// Credentials returns the credentials of a live connector, which renew its token in
// time. Use one for all requests of a process: it remembers what it renewed.
func (k Keeper) Credentials(c connector.Connector) connector.Credentials {
	return &storedCredentials{keeper: k, connector: c}
}

// renewPause follows a renewal ahead of time that failed.
const renewPause = 30 * time.Second

// storedCredentials are the credentials of an install, as the registry keeps them.
// Other processes may renew them at any time.
type storedCredentials struct {
	keeper Keeper

	mu        sync.Mutex
	connector connector.Connector
	secrets   connector.Secrets // none until they are asked for
	issued    connector.Secret  // the token that this process got by renewing
	failedAt  time.Time
	patience  *connector.Patience // with the renewal at work
}

// Token returns the stored token, renewed when it ends soon. As long as it has
// not ended, a failed renewal does no harm yet.
func (s *storedCredentials) Token(ctx context.Context) (connector.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.makeReady(ctx); err != nil {
		return connector.Secret{}, err
	}
	if !s.hasEnded() && (!s.isDue() || s.keeper.Now().Sub(s.failedAt) < renewPause) {
		return s.secrets.AccessToken, nil
	}
	s.patience = s.keeper.Patience
	if !s.hasEnded() {
		s.patience = connector.NewPatience(connector.UntilTold, nil) // nobody waits for what is not needed yet
	}
	err := s.renewToken(ctx, func() bool { return s.isDue() || s.hasEnded() })
	switch {
	case err == nil:
		return s.secrets.AccessToken, nil
	case s.hasEnded() || ctx.Err() != nil || errors.Is(err, connector.ErrInstallChanged):
		return connector.Secret{}, s.endIfFinal(ctx, err)
	}
	s.failedAt = s.keeper.Now()
	return s.secrets.AccessToken, nil
}

// Refused renews the token that the shop answered 401 to, unless that was done
// meanwhile. When there is no renewal either, or the shop refuses what it minted
// for the app a moment ago, the install is over.
func (s *storedCredentials) Refused(ctx context.Context, used connector.Secret) (connector.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.makeReady(ctx); err != nil {
		return connector.Secret{}, err
	}
	if s.secrets.AccessToken != used {
		return s.secrets.AccessToken, nil
	}
	if used == s.issued && s.connector.Token.Kind == connector.FromSecrets {
		return connector.Secret{}, s.endIfFinal(ctx, rejectedFault(s.connector))
	}
	s.patience = s.keeper.Patience
	if err := s.renewToken(ctx, func() bool { return s.secrets.AccessToken == used || s.hasEnded() }); err != nil {
		return connector.Secret{}, s.endIfFinal(ctx, err)
	}
	return s.secrets.AccessToken, nil
}

// makeReady checks that there is an install whose tokens may be used here, and opens
// its secrets.
func (s *storedCredentials) makeReady(ctx context.Context) error {
	switch {
	case s.connector.State != connector.Live:
		return notConnected(s.connector)
	case s.keeper.App.ClientID != "" && s.connector.ClientID != "" && s.keeper.App.ClientID != s.connector.ClientID:
		return otherClient(s.connector, s.keeper.Provider.Platform())
	}
	if err := CheckSandbox(s.keeper.Provider, s.connector); err != nil || !s.secrets.AccessToken.IsZero() {
		return err
	}
	return s.rereadSecrets(ctx)
}

// rereadSecrets reads what is stored now. It fails when that is another install than
// the one at the beginning.
func (s *storedCredentials) rereadSecrets(ctx context.Context) error {
	current, err := s.keeper.Registry.Connector(ctx, s.connector.Store, s.connector.Provider)
	if err != nil {
		return err
	}
	if current.Generation != s.connector.Generation {
		return changedFault(current)
	}
	secrets, err := s.keeper.Registry.Secrets(ctx, current)
	if err != nil {
		return err
	}
	if secrets.AccessToken.IsZero() {
		return notConnected(current)
	}
	s.connector, s.secrets = current, secrets
	return nil
}

// isDue reports whether the token is to be renewed ahead of its end.
func (s *storedCredentials) isDue() bool { return s.past(s.connector.Token.RenewAt) }

// hasEnded reports whether the token cannot be used any more: its time is over, or no
// request could hold it.
func (s *storedCredentials) hasEnded() bool {
	return s.past(s.connector.Token.ExpiresAt) || s.secrets.AccessToken.Flaw() != ""
}

func (s *storedCredentials) past(end time.Time) bool {
	return !end.IsZero() && !s.keeper.Now().Before(end)
}

// renewToken replaces the token if that is needed. One process at a time does it, and
// the others find it done: needed is asked again once nobody else can renew the token.
func (s *storedCredentials) renewToken(ctx context.Context, needed func() bool) error {
	release, err := s.keeper.Registry.LockTokens(ctx, s.connector)
	if err != nil {
		return err
	}
	defer release()
	if err := s.rereadSecrets(ctx); err != nil {
		return err
	}
	if !needed() {
		return nil
	}
	if err := failpoint.Reach("refresh/locked"); err != nil {
		return err
	}
	granted, err := s.issueGrant(ctx)
	if err != nil || granted.Secrets == s.secrets {
		return err
	}
	if err := failpoint.Reach("refresh/answered"); err != nil {
		return err
	}
	// The provider has retired the old pair: the new one must be kept even if
	// the operator stops the program at this moment.
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	if err := s.keeper.Registry.SaveTokens(last, s.connector, granted.Token, granted.Secrets); err != nil {
		return err
	}
	s.connector.Token, s.secrets, s.issued = granted.Token, granted.Secrets, granted.Secrets.AccessToken
	return failpoint.Reach("refresh/saved")
}

// issueGrant gets a new token in the way of its kind. When the stored client secret is
// not accepted, the one that is set now is tried.
func (s *storedCredentials) issueGrant(ctx context.Context) (Grant, error) {
	granted, err := s.issueWith(ctx, s.secrets.ClientSecret)
	given := s.keeper.App.Secret
	if given.IsZero() || given == s.secrets.ClientSecret {
		return granted, err
	}
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) && fault.Reason == connector.InvalidClient {
		return s.issueWith(ctx, given)
	}
	return granted, err
}

func (s *storedCredentials) issueWith(ctx context.Context, clientSecret connector.Secret) (Grant, error) {
	c := s.connector
	from := Issuer{Provider: s.keeper.Provider, App: connector.App{ClientID: c.ClientID, Secret: clientSecret}, Domain: c.Domain,
		Now: s.keeper.Now, Patience: s.patience}
	switch c.Token.Kind {
	case connector.Expiring:
		return from.refreshGrant(ctx, s.secrets.RefreshToken)
	case connector.FromSecrets:
		return from.MintGrant(ctx)
	}
	if flaw := s.secrets.AccessToken.Flaw(); flaw != "" {
		return Grant{}, flawedFault(s.connector, flaw)
	}
	// A token without renewal is over when the shop refuses it twice.
	_, err := s.keeper.Provider.Identify(ctx, c.Domain, s.secrets.AccessToken)
	return Grant{s.secrets, c.Token}, err
}

// endIfFinal ends the install when its token was refused for good. Faults that
// may pass and wrong settings leave it alone.
func (s *storedCredentials) endIfFinal(ctx context.Context, err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) || !isFinal(fault) {
		return err
	}
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	ended := s.keeper.Registry.EndInstall(last, s.connector, connector.TokenRejected)
	if ended != nil && !errors.Is(ended, connector.ErrInstallChanged) {
		return ended
	}
	c := s.connector
	c.Reason = fault.Reason // which may speak against the same way
	s.connector.State, s.connector.Reason = connector.Inactive, connector.TokenRejected
	return rejectedFault(c)
}

func isFinal(fault *connector.Fault) bool {
	return fault.Code == connector.TokenWasRefused || fault.Reason.NeedsBrowser()
}

// refusals is how many tokens a shop may refuse before a request is given up.
const refusals = 3

// WithToken makes a request with a token, and again with another one when the shop
// refuses it.
func WithToken(ctx context.Context, credentials connector.Credentials, request func(connector.Secret) error) error {
	token, err := credentials.Token(ctx)
	for tries := 1; err == nil; tries++ {
		err = request(token)
		if fault := (*connector.Fault)(nil); !errors.As(err, &fault) || fault.Code != connector.TokenWasRefused || tries == refusals {
			return err
		}
		token, err = credentials.Refused(ctx, token)
	}
	return err
}
