package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Errors of linking by hand.
var (
	ErrNoWarehouse   = errors.New("no such warehouse")
	ErrTwoWarehouses = errors.New("more than one warehouse has that name; use its id")
	ErrLinked        = errors.New("already linked")
)

// LinkWarehouse maps a warehouse, named by its id or its exact name, to a
// location of the connector's shop. The next import brings it up to date.
func (db *DB) LinkWarehouse(ctx context.Context, c connector.Connector, warehouse, location string) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		id, linkedTo, err := findWarehouse(ctx, tx, c.Store, warehouse)
		if err != nil {
			return err
		}
		if linkedTo != "" {
			return fmt.Errorf("%s stands for %s: %w", warehouse, linkedTo, ErrLinked)
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
			location, c.Store, c.Provider, c.AccountID, id); err != nil {
			return err
		}
		return bumpSerial(ctx, tx, c.Store)
	})
}

// UnlinkWarehouse takes a warehouse's mapping away. The stock of its location
// stays; the next import finds or makes a warehouse for the location.
func (db *DB) UnlinkWarehouse(ctx context.Context, store, warehouse string) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		id, linkedTo, err := findWarehouse(ctx, tx, store, warehouse)
		if err != nil {
			return err
		}
		if linkedTo == "" {
			return fmt.Errorf("%s is not linked: %w", warehouse, ErrNoWarehouse)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE warehouses SET external_id = NULL, account = NULL, missing_since = NULL WHERE id = ?", id); err != nil {
			return err
		}
		return bumpSerial(ctx, tx, store)
	})
}

func findWarehouse(ctx context.Context, tx *sql.Tx, store, warehouse string) (id int64, linkedTo string, err error) {
	found, err := tx.QueryContext(ctx, "SELECT id, coalesce(external_id, '') FROM warehouses WHERE store = ?1 AND (CAST(id AS TEXT) = ?2 OR name = ?2) ORDER BY CAST(id AS TEXT) = ?2 DESC",
		store, warehouse)
	if err != nil {
		return 0, "", err
	}
	defer found.Close()
	n := 0
	for found.Next() {
		var otherID int64
		var other string
		if err := found.Scan(&otherID, &other); err != nil {
			return 0, "", err
		}
		if n++; n == 1 {
			id, linkedTo = otherID, other
		}
	}
	switch {
	case found.Err() != nil:
		return 0, "", found.Err()
	case n == 0:
		return 0, "", fmt.Errorf("%q: %w", warehouse, ErrNoWarehouse)
	case n > 1 && fmt.Sprint(id) != warehouse:
		return 0, "", fmt.Errorf("%q: %w", warehouse, ErrTwoWarehouses)
	}
	return id, linkedTo, nil
}
