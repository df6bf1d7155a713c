package state

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/catalog"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/lists"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/registry"
	"github.com/eshopos/eshopctl/state/runs"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/warehouses"
	"github.com/eshopos/eshopctl/state/workspace"
)

// DB is an open state file. Each embedded part implements some ports; they share nothing
// but the open file.
type DB struct {
	*registry.Registry
	*locks.Locks
	*runs.History
	*workspace.Workspace
	*catalog.Catalogs
	*lists.Lists
	*warehouses.Mapping

	file     *sqlite.File
	place    *engine.DB
	settings settings
}

var (
	_ connector.Registry = (*DB)(nil)
	_ job.State          = (*DB)(nil)
	_ job.Upkeep         = (*DB)(nil)
)

// Open opens the state file at path for reading and writing and brings its schema up to
// date. If there is no file the error is connector.ErrNoState. An empty, foreign, newer or
// damaged file is an *UnusableError and is left as it is.
func Open(ctx context.Context, path string, options ...Option) (*DB, error) {
	return openFile(ctx, sqlite.Open, path, options)
}

// Create is Open, but makes the file and its folder if there is none.
func Create(ctx context.Context, path string, options ...Option) (*DB, error) {
	return openFile(ctx, sqlite.Create, path, options)
}

// OpenReadOnly opens the state file at path for reading. It never writes, not even a
// migration.
func OpenReadOnly(ctx context.Context, path string, options ...Option) (*DB, error) {
	return openFile(ctx, sqlite.OpenReadOnly, path, options)
}

func openFile(ctx context.Context, open func(context.Context, string, sqlite.Options) (*sqlite.File, error), path string,
	options []Option) (*DB, error) {
	set := newSettings(options)
	file, err := open(ctx, path, set.ofFile())
	if err != nil {
		return nil, err
	}
	return newDB(file, set), nil
}

// newDB puts the parts together.
func newDB(file *sqlite.File, set settings) *DB {
	place := engine.NewDB(file, set.now)
	db := &DB{file: file, place: place, settings: set}
	db.Locks = locks.New(place, set.patience)
	db.Registry = registry.New(place, set.vaultKey(), db.Locks, set.platforms)
	db.Workspace = workspace.New(place, set.temp)
	db.History = runs.New(place, db.Locks)
	db.Catalogs = catalog.New(place, db.Workspace, func(ctx context.Context) (*sqlite.Import, error) { return db.file.BeginImport(ctx) })
	db.Lists = lists.New(place, set.platforms)
	db.Mapping = warehouses.New(place)
	return db
}

// Reopen closes the file and opens it again, to see whether a commit happened. Nobody else
// may use the DB meanwhile.
func (db *DB) Reopen(ctx context.Context) error {
	_ = db.Close() // the commit has reported its error
	anew, err := sqlite.Open(ctx, db.file.Path(), db.settings.ofFile())
	if err == nil {
		db.file = anew
		db.place.UseEngine(anew)
	}
	return err
}

// Close releases the file.
func (db *DB) Close() error { return db.file.Close() }
