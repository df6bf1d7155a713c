package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
)

var _ connector.Registry = (*Registry)(nil)

const selectConnectors = `SELECT connectors.store, connectors.provider, state, reason, sandbox, attached, generation, connectors.domain,
	coalesce(accounts.name, ''), coalesce(accounts.external_id, ''), coalesce(accounts.currency, ''),
	client_id, auth, scopes, requested, set_up_for, token_kind, token_expires_at, refresh_expires_at, renew_at,
	attempt_at, attempt_reason, attempt_text, attempt_over, api_version, connected_at, checked_at, trouble, iif(trouble = '', '', moved_to)
	FROM connectors LEFT JOIN accounts ON accounts.id = account `

// Connectors returns all records, ordered by store and provider.
func (r *Registry) Connectors(ctx context.Context) ([]connector.Connector, error) {
	return r.queryConnectors(ctx, "ORDER BY connectors.store, connectors.provider")
}

// Connector returns the record of one store. If there is none it is inactive and was never
// connected.
func (r *Registry) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	found, err := r.queryConnectors(ctx, "WHERE connectors.store = ? AND connectors.provider = ?", store, provider)
	if err != nil || len(found) > 0 {
		return firstOf(found), err
	}
	return r.platforms.Named(provider).Unconnected(store), nil
}

// Holder returns the connector to which a shop is attached.
func (r *Registry) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	found, err := r.queryConnectors(ctx, "WHERE attached AND connectors.provider = ? AND (connectors.external_id = ? OR connectors.domain = ?)",
		provider, accountID, domain)
	return firstOf(found), len(found) > 0, err
}

func firstOf(found []connector.Connector) connector.Connector {
	if len(found) == 0 {
		return connector.Connector{}
	}
	return found[0]
}

func (r *Registry) queryConnectors(ctx context.Context, where string, args ...any) ([]connector.Connector, error) {
	rows, err := r.db.Read().QueryContext(ctx, selectConnectors+where, args...)
	if err != nil {
		return nil, r.db.Unusable(err)
	}
	defer rows.Close()
	var found []connector.Connector
	for rows.Next() {
		c, err := scanConnector(rows)
		if err != nil {
			return nil, r.db.Unusable(err)
		}
		c.Platform = r.platforms.Named(c.Provider)
		found = append(found, c)
	}
	return found, r.db.Unusable(rows.Err())
}

func scanConnector(rows *sql.Rows) (connector.Connector, error) {
	var c connector.Connector
	var attempt connector.Attempt
	err := rows.Scan(engine.ShortTexts(&c.Store, &c.Provider, &c.State, &c.Reason, &c.Sandbox, &c.Attached, &c.Generation, &c.Domain,
		&c.Account, &c.AccountID, &c.Currency,
		&c.ClientID, &c.Auth, engine.ListInto(&c.Scopes), engine.ListInto(&c.Requested), engine.ListInto(&c.Purpose),
		&c.Token.Kind, engine.TimeInto(&c.Token.ExpiresAt), engine.TimeInto(&c.Token.RefreshExpiresAt), engine.TimeInto(&c.Token.RenewAt),
		engine.TimeInto(&attempt.At), &attempt.Reason, &attempt.Text, &attempt.Over, &c.APIVersion, engine.TimeInto(&c.ConnectedAt), engine.TimeInto(&c.CheckedAt), &c.Trouble, &c.MovedTo)...)
	if known := []connector.State{connector.Live, connector.Inactive, connector.Failed}; err == nil && !slices.Contains(known, c.State) {
		err = fmt.Errorf("the state %.40q", c.State)
	}
	if err == nil && !connector.IsStoreName(c.Store) {
		err = errors.New("no store may be named so")
	}
	if err != nil {
		return c, engine.NewContentError(fmt.Sprintf("the connector of store %.40q", c.Store), err)
	}
	if !attempt.At.IsZero() {
		c.LastAttempt = &attempt
	}
	return c, nil
}
