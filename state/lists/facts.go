package lists

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
)

// CountEdited counts by table the records of a connector that somebody else changed since
// the last import, as far as the rows tell.
func (l *Lists) CountEdited(ctx context.Context, c connector.Connector) (map[string]int, error) {
	found, err := l.db.Read().QueryContext(ctx, `SELECT resource, count(*) FROM edits JOIN accounts ON accounts.id = account
		WHERE store = ? AND provider = ? AND external_id = ? GROUP BY resource`, c.Store, c.Provider, c.AccountID)
	if err != nil {
		return nil, l.db.Unusable(err)
	}
	defer found.Close()
	edited := map[string]int{}
	for found.Next() {
		var table string
		var n int
		if err := found.Scan(engine.ShortTexts(&table, &n)...); err != nil {
			return nil, l.db.Unusable(err)
		}
		edited[table] = n
	}
	return edited, l.db.Unusable(found.Err())
}

// CountUntracked counts the variants of a store that the shop does not track.
func (l *Lists) CountUntracked(ctx context.Context, store string) (int, error) {
	var n int
	err := l.db.Read().QueryRowContext(ctx, "SELECT count(*) FROM variants WHERE store = ? AND NOT tracked", store).Scan(&n)
	return n, l.db.Unusable(err)
}

// Freshness returns how old the data of each imported resource of a connector is.
func (l *Lists) Freshness(ctx context.Context, c connector.Connector) (map[connector.Resource]importer.Freshness, error) {
	found, err := l.db.Read().QueryContext(ctx, `SELECT resource, as_of, imported_at FROM freshness JOIN accounts ON accounts.id = account
		WHERE store = ? AND provider = ? AND external_id = ?`, c.Store, c.Provider, c.AccountID)
	if err != nil {
		return nil, l.db.Unusable(err)
	}
	defer found.Close()
	ages := map[connector.Resource]importer.Freshness{}
	for found.Next() {
		var resource connector.Resource
		var f importer.Freshness
		if err := found.Scan(engine.ShortTexts(&resource, engine.TimeInto(&f.AsOf), engine.TimeInto(&f.ImportedAt))...); err != nil {
			return nil, l.db.Unusable(err)
		}
		ages[resource] = f
	}
	return ages, l.db.Unusable(found.Err())
}
