package connector

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Credentials gives the access token of a live connector.
func (s *Service) Credentials(c Connector) Credentials {
	return &stored{service: s, connector: c}
}

// stored is the credentials that an install left in the registry.
type stored struct {
	service *Service

	mu        sync.Mutex
	connector Connector
	token     Secret // zero until it is asked for
}

func (k *stored) Token(ctx context.Context) (Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.ready(); err != nil {
		return Secret{}, err
	}
	if k.token.IsZero() {
		secrets, err := k.service.Registry.Secrets(ctx, k.connector)
		if err != nil {
			return Secret{}, err
		}
		k.token = secrets.AccessToken
	}
	if k.token.IsZero() {
		return Secret{}, k.notConnected()
	}
	return k.token, nil
}

func (k *stored) ready() error {
	if k.connector.State != Live {
		return k.notConnected()
	}
	return k.service.checkSite(k.connector)
}

// Refused looks whether another process stored a newer token meanwhile. If not,
// the install is over.
func (k *stored) Refused(ctx context.Context, used Secret) (Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.token.IsZero() && k.token != used {
		return k.token, nil
	}
	current, err := k.service.Registry.Connector(ctx, k.connector.Store, k.connector.Provider)
	if err != nil {
		return Secret{}, err
	}
	if current.Generation != k.connector.Generation {
		return Secret{}, k.changed()
	}
	err = k.service.Registry.EndInstall(ctx, current, TokenRejected)
	if err != nil && !errors.Is(err, ErrInstallChanged) {
		return Secret{}, err
	}
	k.connector.State = Inactive
	return Secret{}, k.rejected()
}

func (k *stored) rejected() *Fault {
	return &Fault{Code: TokenWasRefused,
		Message: fmt.Sprintf("%s no longer accepts the token of store %s: the app was removed from the shop, or the token was revoked or ended", k.connector.Domain, k.connector.Store),
		Hint:    k.service.command("connect", k.connector.Store, k.connector.Domain)}
}

func (k *stored) changed() *Fault {
	return &Fault{Code: NotConnected, Err: ErrInstallChanged,
		Message: fmt.Sprintf("store %s was disconnected or connected anew meanwhile", k.connector.Store),
		Hint:    "eshopctl status --store " + k.connector.Store}
}

func (k *stored) notConnected() *Fault {
	c := k.connector
	if c.Reason == TokenRejected {
		return k.rejected()
	}
	return &Fault{Code: NotConnected, Message: fmt.Sprintf("store %s is not connected: %s", c.Store, c.Reason.Text()),
		Hint: k.service.command("connect", c.Store, c.Domain)}
}
