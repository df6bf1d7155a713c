package state

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/engine"
)

// contentsOf summarises the file at path. It writes nothing.
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
		if store.Products, err = db.CountRows(ctx, importer.Products, importer.ListFilter{Store: connected.Store}); err != nil {
			return c, err
		}
		err = db.place.Read().QueryRowContext(ctx, "SELECT max(started_at) FROM runs WHERE store = ? AND provider = ?",
			connected.Store, connected.Provider).Scan(engine.TimeInto(&store.LastRun))
		if err != nil {
			return c, db.place.Unusable(err)
		}
		c.Stores = append(c.Stores, store)
	}
	c.Key, err = db.KeyFits(ctx)
	return c, err
}
