package warehouses

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/catalog"
	"github.com/eshopos/eshopctl/state/tables"
)

// LinkWarehouse links a warehouse, given by its id or exact name, to a location of the
// connector's shop. Links that are in the way are removed if move is set. The next import
// updates the warehouse.
func (m *Mapping) LinkWarehouse(ctx context.Context, c connector.Connector, warehouse, location string,
	move bool) (done job.LinkResult, err error) {
	err = m.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		found, err := warehouseNamed(ctx, tx, c.Store, warehouse)
		if err == nil {
			done, err = linkWarehouse(ctx, tx, c, found, location, move)
		}
		return err
	})
	return done, err
}

// LinkNewWarehouse makes a warehouse from what the shop showed of a location, and links it.
// Other warehouses no longer count as having stood for the location.
func (m *Mapping) LinkNewWarehouse(ctx context.Context, c connector.Connector, shown importer.Record, move bool) (done job.LinkResult,
	err error) {
	location := shown[0].Text()
	err = m.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		made := job.Warehouse{Name: shown[importer.Warehouses.Column("name")].Text()}
		if err := tx.QueryRowContext(ctx, "INSERT INTO warehouses (store) VALUES (?) RETURNING id, CAST(id AS TEXT)",
			c.Store).Scan(&made.Row, &made.ID); err != nil {
			return err
		}
		if done, err = linkWarehouse(ctx, tx, c, made, location, move); err != nil {
			return err
		}
		for i, column := range importer.Warehouses.Columns {
			// #nosec G202 -- the name of our own column; values are bound
			if _, err := tx.ExecContext(ctx, "UPDATE warehouses SET "+column.Name+" = ? WHERE id = ?",
				tables.Argument(column, shown[i]), made.Row); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM stood_for WHERE external_id = ? AND warehouse <> ? AND account IN (SELECT id FROM accounts WHERE store = ? AND provider = ?)",
			location, made.Row, c.Store, c.Provider)
		return err
	})
	return done, err
}

func linkWarehouse(ctx context.Context, tx *sql.Tx, c connector.Connector, w job.Warehouse, location string,
	move bool) (done job.LinkResult, err error) {
	var account int64
	if err := tx.QueryRowContext(ctx, "SELECT id FROM accounts WHERE store = ? AND provider = ? AND external_id = ?", c.Store,
		c.Provider, c.AccountID).Scan(&account); err != nil {
		return done, err
	}
	if done, err = inTheWay(ctx, tx, w, account, location); err != nil || done.Already {
		return done, err
	}
	switch {
	case move:
	case done.Left != "":
		return done, fmt.Errorf("warehouse %s (%q) stands for %s: %w", w.ID, w.Name, done.Left, job.ErrLinked)
	case done.From != nil:
		return done, fmt.Errorf("warehouse %s (%q) stands for %s: %w", done.From.ID, done.From.Name, location, job.ErrLinked)
	}
	if done.From != nil {
		if err := unlinkWarehouse(ctx, tx, *done.From); err != nil {
			return done, err
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE warehouses SET external_id = ?, account = ?, missing_since = NULL WHERE id = ?",
		location, account, w.Row); err != nil {
		return done, err
	}
	done.Warehouse.ExternalID, done.Warehouse.Account = location, account
	return done, catalog.BumpSerial(ctx, tx, c.Store)
}

// inTheWay returns the links that a new link would replace.
func inTheWay(ctx context.Context, tx *sql.Tx, w job.Warehouse, account int64, location string) (found job.LinkResult, err error) {
	found = job.LinkResult{Warehouse: w, Left: w.ExternalID, Already: w.ExternalID == location && w.Account == account}
	others, err := warehousesWhere(ctx, tx, "account = ? AND external_id = ? AND id <> ?", account, location, w.Row)
	if err == nil && len(others) > 0 {
		found.From = &others[0]
	}
	if err == nil {
		err = tx.QueryRowContext(ctx, "SELECT count(*) FROM stock WHERE account = ? AND warehouse_external_id = ?", account,
			location).Scan(&found.Levels)
	}
	return found, err
}

// UnlinkWarehouse removes the link of a warehouse and returns the warehouse as it was. What
// becomes of its location and stock is decided by the next import.
func (m *Mapping) UnlinkWarehouse(ctx context.Context, store, warehouse string) (was job.Warehouse, err error) {
	err = m.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		if was, err = warehouseNamed(ctx, tx, store, warehouse); err != nil {
			return err
		}
		if was.ExternalID == "" {
			return fmt.Errorf("warehouse %s (%q): %w", was.ID, was.Name, job.ErrUnlinked)
		}
		if err := unlinkWarehouse(ctx, tx, was); err != nil {
			return err
		}
		return catalog.BumpSerial(ctx, tx, store)
	})
	return was, err
}

func unlinkWarehouse(ctx context.Context, tx *sql.Tx, w job.Warehouse) error {
	_, err := tx.ExecContext(ctx, "UPDATE warehouses SET external_id = NULL, account = NULL, missing_since = NULL WHERE id = ?", w.Row)
	return err
}
