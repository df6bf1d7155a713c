package warehouses

import (
	"context"
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// UnlinkedWarehouses returns the warehouses of a connector's store without a location. One
// with a Double should be merged with it; one with a Location only should be linked, if the
// shop still has the location; others belong to no shop.
func (m *Mapping) UnlinkedWarehouses(ctx context.Context, c connector.Connector) ([]job.UnlinkedWarehouse, error) {
	all, err := m.Warehouses(ctx, c.Store)
	if err != nil {
		return nil, err
	}
	var unlinked []job.UnlinkedWarehouse
	for _, w := range all {
		if w.ExternalID != "" {
			continue
		}
		one := job.UnlinkedWarehouse{Warehouse: w}
		if err := m.belongsTo(ctx, c, &one); err != nil {
			return nil, m.told(err)
		}
		unlinked = append(unlinked, one)
	}
	return unlinked, nil
}

// belongsTo finds the location to which a warehouse was linked last. If another warehouse
// is linked to that now, and left stock behind at a location of its own, the two were
// swapped: then w belongs to that location.
func (m *Mapping) belongsTo(ctx context.Context, c connector.Connector, w *job.UnlinkedWarehouse) error {
	var account int64
	err := m.db.Read().QueryRowContext(ctx, `SELECT account, external_id FROM stood_for WHERE warehouse = ?1
		AND account = (SELECT id FROM accounts WHERE store = ?2 AND provider = ?3 AND external_id = ?4)
		ORDER BY seq DESC LIMIT 1`, w.Row, c.Store, c.Provider, c.AccountID).Scan(&account, &w.Location)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	now, err := warehousesWhere(ctx, m.db.Read(), "account = ? AND external_id = ?", account, w.Location)
	if err != nil || len(now) == 0 {
		return err
	}
	w.Double = &now[0]
	var left string
	err = m.db.Read().QueryRowContext(ctx, `SELECT external_id FROM stood_for WHERE account = ?1 AND warehouse = ?2
		AND external_id NOT IN (SELECT external_id FROM warehouses WHERE account = ?1 AND external_id IS NOT NULL)
		AND external_id IN (SELECT warehouse_external_id FROM stock WHERE account = ?1) ORDER BY seq DESC LIMIT 1`, account, w.Double.Row).Scan(&left)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	w.Location, w.Double = left, nil
	return err
}
