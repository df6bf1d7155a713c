package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// ErrLinked is that of linking by hand what is linked.
var ErrLinked = errors.New("already linked")

// LinkWarehouse maps a warehouse, named by its id or its exact name, to a
// location of the connector's shop. The next import brings it up to date.
func (db *DB) LinkWarehouse(ctx context.Context, c connector.Connector, warehouse, location string) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		found, err := warehouseNamed(ctx, tx, c.Store, warehouse)
		if err != nil {
			return err
		}
		if found.ExternalID != "" {
			return fmt.Errorf("%s stands for %s: %w", warehouse, found.ExternalID, ErrLinked)
		}
		var other string
		err = tx.QueryRowContext(ctx, `SELECT warehouses.name FROM warehouses JOIN accounts ON accounts.id = account
			WHERE warehouses.store = ? AND accounts.external_id = ? AND warehouses.external_id = ?`, c.Store, c.AccountID, location).Scan(&other)
		if err == nil {
			return fmt.Errorf("warehouse %q stands for %s: %w", other, location, ErrLinked)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE warehouses SET external_id = ?, account =
			(SELECT id FROM accounts WHERE store = ? AND provider = ? AND external_id = ?) WHERE id = ?`,
			location, c.Store, c.Provider, c.AccountID, found.id); err != nil {
			return err
		}
		return bumpSerial(ctx, tx, c.Store)
	})
}

// UnlinkWarehouse takes a warehouse's mapping away. The stock of its location
// stays; the next import finds or makes a warehouse for the location.
func (db *DB) UnlinkWarehouse(ctx context.Context, store, warehouse string) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		found, err := warehouseNamed(ctx, tx, store, warehouse)
		if err != nil {
			return err
		}
		if found.ExternalID == "" {
			return fmt.Errorf("%s is not linked: %w", warehouse, ErrNoWarehouse)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE warehouses SET external_id = NULL, account = NULL, missing_since = NULL WHERE id = ?", found.id); err != nil {
			return err
		}
		return bumpSerial(ctx, tx, store)
	})
}
