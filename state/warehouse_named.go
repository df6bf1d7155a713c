package state

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer/job"
)

// Warehouses gives the warehouses of a store, ordered by the external id of their
// locations.
func (db *DB) Warehouses(ctx context.Context, store string) ([]job.Warehouse, error) {
	found, err := warehousesWhere(ctx, db.read, "store = ?", store)
	return found, unusable(db.path, err)
}

// WarehouseNamed finds a warehouse of a store by its id, by the external id of its
// location or by its exact name. What is one of the former is not the latter.
func (db *DB) WarehouseNamed(ctx context.Context, store, named string) (job.Warehouse, error) {
	found, err := warehouseNamed(ctx, db.read, store, named)
	return found, unusable(db.path, err)
}

func warehouseNamed(ctx context.Context, from querier, store, named string) (job.Warehouse, error) {
	found, err := warehousesWhere(ctx, from, "store = ?1 AND CAST(id AS TEXT) = ?2", store, named)
	if err == nil && len(found) == 0 {
		found, err = warehousesWhere(ctx, from, "store = ?1 AND account IS NOT NULL AND external_id = ?2 AND ?2 <> ''", store, named)
	}
	if err == nil && len(found) == 0 {
		found, err = warehousesWhere(ctx, from, "store = ?1 AND trim(name) = trim(?2)", store, named)
	}
	switch {
	case err != nil:
		return job.Warehouse{}, err
	case len(found) == 0:
		return job.Warehouse{}, fmt.Errorf("%q: %w", named, job.ErrNoWarehouse)
	case len(found) > 1:
		return job.Warehouse{}, fmt.Errorf("%q is %s: %w", named, idsOf(found), job.ErrTwoWarehouses)
	}
	return found[0], nil
}

// warehousesWhere reads warehouses. What has lost its account or its location stands
// for none: others may take away just one of the two.
func warehousesWhere(ctx context.Context, from querier, where string, args ...any) ([]job.Warehouse, error) {
	rows, err := from.QueryContext(ctx, `SELECT id, coalesce(name, ''), active IS 1, coalesce(address, ''), coalesce(missing_since, ''),
		CASE WHEN account IS NULL THEN '' ELSE coalesce(external_id, '') END,
		CASE WHEN coalesce(external_id, '') = '' THEN 0 ELSE CAST(coalesce(account, 0) AS INTEGER) END
		FROM warehouses WHERE `+where+" ORDER BY external_id, id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []job.Warehouse
	for rows.Next() {
		var w job.Warehouse
		if err := rows.Scan(&w.Row, &w.Name, &w.Active, &w.Address, &w.MissingSince, &w.ExternalID, &w.Account); err != nil {
			return nil, err
		}
		w.ID = strconv.FormatInt(w.Row, 10)
		found = append(found, w)
	}
	return found, rows.Err()
}

func idsOf(warehouses []job.Warehouse) string {
	var ids []string
	for _, w := range warehouses {
		ids = append(ids, w.ID)
	}
	return strings.Join(ids, " and ")
}

// HoldsStockAt reports whether a store has stock levels at a location, whether a
// warehouse stands for it or not.
func (db *DB) HoldsStockAt(ctx context.Context, store, location string) (holds bool, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM stock WHERE store = ? AND warehouse_external_id = ?)", store, location).Scan(&holds)
	return holds, unusable(db.path, err)
}
