package state

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// contentsOf looks into the file at path. It writes nothing.
func contentsOf(ctx context.Context, path string, options []Option) (c job.Contents, err error) {
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
		store := job.StoreContents{Store: connected.Store, Domain: connected.Domain}
		if store.Products, err = db.Count(ctx, importer.Products, importer.ListFilter{Store: connected.Store}); err != nil {
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
