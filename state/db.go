package state

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// DB is an open state file: what is kept in it, and what that means. How the file itself
// is opened, read and written is sqlite's business.
type DB struct {
	file  *sqlite.File
	path  string
	read  *sql.DB   // the last commit
	often *prepared // what is asked of read again and again
	now   func() time.Time
	key   keyPlace
	files *given.Files // through which the key is read

	options []Option

	temp scratch.Folder // of sorters, and of SQLite

	patience  *connector.Patience
	platforms connector.Platforms // that connectors may be of
	doubts    atomic.Bool         // something stored could not be read: what is the same is looked at before it is shared
}

// Option changes how a state file is opened.
type Option func(*DB)

// WithClock makes the file take its times from now instead of time.Now.
func WithClock(now func() time.Time) Option { return func(db *DB) { db.now = now } }

// WithPlatforms has connectors come with what their providers say of themselves.
func WithPlatforms(all connector.Platforms) Option { return func(db *DB) { db.platforms = all } }

// WithPatience has other programs that hold the file waited for with that patience.
func WithPatience(p *connector.Patience) Option { return func(db *DB) { db.patience = p } }

// WithTemp has what does not fit the memory be kept in that folder.
func WithTemp(folder scratch.Folder) Option { return func(db *DB) { db.temp = folder } }

// Open opens the state file at path for reading and writing and brings it up to date.
// A missing file is connector.ErrNoState; an empty, foreign, newer or damaged one is an
// *UnusableError and is left as it is.
func Open(ctx context.Context, path string, options ...Option) (*DB, error) {
	return openBy(ctx, sqlite.Open, path, options)
}

// Create opens the state file at path and makes it, with its folder, if there
// is none.
func Create(ctx context.Context, path string, options ...Option) (*DB, error) {
	return openBy(ctx, sqlite.Create, path, options)
}

// OpenReadOnly opens the state file at path for commands that only look. It
// never writes, not even a migration.
func OpenReadOnly(ctx context.Context, path string, options ...Option) (*DB, error) {
	db := newDB(path, options)
	file, err := sqlite.OpenReadOnly(ctx, path, db.fileOptions())
	if err != nil {
		return nil, err
	}
	db.use(file)
	return db, nil
}

func openBy(ctx context.Context, open func(context.Context, string, sqlite.Options) (*sqlite.File, error), path string, options []Option) (*DB, error) {
	db := newDB(path, options)
	file, err := open(ctx, path, db.fileOptions())
	if err != nil {
		return nil, err
	}
	db.use(file)
	if err := file.WhenFree(ctx, func() error { return db.sealAnew(ctx) }); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func newDB(path string, options []Option) *DB {
	db := &DB{path: path, now: time.Now, options: options}
	for _, option := range options {
		option(db)
	}
	if db.files == nil {
		db.files = &given.Files{}
	}
	db.key.files, db.key.provider = db.files, db.platforms.Usual().Name
	return db
}

func (db *DB) fileOptions() sqlite.Options {
	return sqlite.Options{Schema: schema(), Temp: db.temp, Patience: db.patience, Now: db.now}
}

func (db *DB) use(file *sqlite.File) {
	db.file, db.path, db.read = file, file.Path(), file.Read()
	db.often = prepare(db.read)
}

// Reopen closes the file and opens it anew, to see what a commit came to. Nobody else
// uses it meanwhile.
func (db *DB) Reopen(ctx context.Context) error {
	_ = db.Close() // what is wrong with it the commit has said
	anew, err := Open(ctx, db.path, db.options...)
	if err == nil {
		db.use(anew.file)
	}
	return err
}

// Close releases the file.
func (db *DB) Close() error { return db.file.Close() }

// update runs change in one transaction that holds the write lock from its
// beginning. now is the same for everything that it writes.
func (db *DB) update(ctx context.Context, change func(tx *sql.Tx, now time.Time) error) error {
	return db.file.Update(ctx, func(tx *sql.Tx) error { return change(tx, db.now().UTC()) })
}
