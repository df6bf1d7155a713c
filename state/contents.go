package state

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// Contents is what a state file holds, in short.
type Contents struct {
	Stores []StoreContents
	Key    error // why the secrets in it cannot be opened here, nil when they can or there are none
}

// StoreContents is what it holds of one store.
type StoreContents struct {
	Store    string
	Domain   string // of the shop
	Products int
	LastRun  time.Time // zero before the first
}

// contentsOf looks into the file at path. It writes nothing.
func contentsOf(ctx context.Context, path string, options []Option) (c Contents, err error) {
	db, err := OpenReadOnly(ctx, path, options...)
	if err != nil {
		return c, err
	}
	defer db.Close()
	connectors, err := db.Connectors(ctx)
	if err != nil {
		return c, err
	}
	for _, connected := range connectors {
		store := StoreContents{Store: connected.Store, Domain: connected.Domain}
		if store.Products, err = db.Count(ctx, importer.Products, ListFilter{Store: connected.Store}); err != nil {
			return c, err
		}
		err = db.read.QueryRowContext(ctx, "SELECT max(started_at) FROM runs WHERE store = ? AND provider = ?", connected.Store, connected.Provider).Scan(timeColumn{&store.LastRun})
		if err != nil {
			return c, unusable(path, err)
		}
		c.Stores = append(c.Stores, store)
	}
	c.Key, err = db.keyFits(ctx)
	return c, err
}

// keyFits is why the key that there is opens not everything that is sealed.
func (db *DB) keyFits(ctx context.Context) (wrong, err error) {
	sealed, err := db.sealedBlobs(ctx)
	if err != nil || len(sealed) == 0 {
		return nil, err
	}
	seal, err := db.key.load(ctx)
	if err != nil {
		return err, nil
	}
	for _, blob := range sealed {
		if !seal.fits(blob) {
			return db.key.unusable(errOtherKey), nil
		}
	}
	return nil, nil
}
