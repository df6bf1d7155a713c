package warehouses

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/lists"
)

// StockByPlace adds up the stock of a store by place.
func (m *Mapping) StockByPlace(ctx context.Context, store string) (map[importer.Place]job.WarehouseStock, error) {
	// #nosec G202 -- names of our own columns; values are bound
	found, err := m.db.Read().QueryContext(ctx, `SELECT coalesce(account, 0), warehouse_external_id, count(*), `+lists.UnitsIn(importer.Stock)+`, `+lists.UnknownIn(importer.Stock)+`
		FROM stock WHERE store = ? GROUP BY 1, 2`, store)
	if err != nil {
		return nil, m.db.Unusable(err)
	}
	defer found.Close()
	sums := map[importer.Place]job.WarehouseStock{}
	for found.Next() {
		var at importer.Place
		var sum job.WarehouseStock
		var units float64
		if err := found.Scan(&at.Account, &at.Location, &sum.Levels, &units, &sum.Unknown); err != nil {
			return nil, m.db.Unusable(err)
		}
		sum.Units = int(lists.WholeUnits(units))
		sums[at] = sum
	}
	return sums, m.db.Unusable(found.Err())
}

func stockOf(ctx context.Context, in engine.Querier, w job.Warehouse) (sum job.WarehouseStock, err error) {
	var units float64
	err = in.QueryRowContext(ctx, "SELECT count(*), "+lists.UnitsIn(importer.Stock)+" FROM stock WHERE account = ? AND warehouse_external_id = ? AND ? <> ''",
		w.Account, w.ExternalID, w.ExternalID).Scan(&sum.Levels, &units)
	sum.Units = int(lists.WholeUnits(units))
	return sum, err
}

// HoldsStockAt reports whether a store has stock levels at a location, whether a warehouse
// is linked to it or not.
func (m *Mapping) HoldsStockAt(ctx context.Context, store, location string) (holds bool, err error) {
	err = m.db.Read().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM stock WHERE store = ? AND warehouse_external_id = ?)", store,
		location).Scan(&holds)
	return holds, m.db.Unusable(err)
}
