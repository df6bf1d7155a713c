package state

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// Edited counts by table the records of a connector that somebody else changed since
// the last import, as far as the rows tell: the shop is not asked.
func (db *DB) Edited(ctx context.Context, c connector.Connector) (map[string]int, error) {
	found, err := db.read.QueryContext(ctx, `SELECT resource, count(*) FROM edits JOIN accounts ON accounts.id = account
		WHERE store = ? AND provider = ? AND external_id = ? GROUP BY resource`, c.Store, c.Provider, c.AccountID)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer found.Close()
	edited := map[string]int{}
	for found.Next() {
		var table string
		var n int
		if err := found.Scan(short(&table, &n)...); err != nil {
			return nil, unusable(db.path, err)
		}
		edited[table] = n
	}
	return edited, unusable(db.path, found.Err())
}
