package warehouses

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/engine"
)

// Mapping is the warehouses of an open place and their links to locations.
type Mapping struct{ db *engine.DB }

// New returns the warehouses of an open place.
func New(db *engine.DB) *Mapping { return &Mapping{db} }

// told puts an error into words, unless it is a refusal to do something.
func (m *Mapping) told(err error) error {
	refusals := []error{job.ErrNoWarehouse, job.ErrTwoWarehouses, job.ErrSameWarehouse, job.ErrTwoPlaces, job.ErrMergeChanged,
		job.ErrLinked, job.ErrUnlinked}
	if slices.ContainsFunc(refusals, func(refusal error) bool { return errors.Is(err, refusal) }) {
		return err
	}
	return m.db.Unusable(err)
}

// Warehouses returns the warehouses of a store, ordered by the external id of their
// locations.
func (m *Mapping) Warehouses(ctx context.Context, store string) ([]job.Warehouse, error) {
	found, err := warehousesWhere(ctx, m.db.Read(), "store = ?", store)
	return found, m.told(err)
}

// WarehouseNamed returns a warehouse of a store by its id, by the external id of its
// location or by its exact name, tried in that order.
func (m *Mapping) WarehouseNamed(ctx context.Context, store, named string) (job.Warehouse, error) {
	found, err := warehouseNamed(ctx, m.db.Read(), store, named)
	return found, m.told(err)
}

func warehouseNamed(ctx context.Context, from engine.Querier, store, named string) (job.Warehouse, error) {
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

// warehousesWhere reads warehouses. One that lacks account or external id counts as
// unlinked: another program may have removed just one of the two.
func warehousesWhere(ctx context.Context, from engine.Querier, where string, args ...any) ([]job.Warehouse, error) {
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
