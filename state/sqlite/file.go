package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"

	// the driver, registered as "sqlite"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/sqlite/load"
	"github.com/eshopos/eshopctl/state/sqlite/memory"
)

// File is an open state file. It writes through one connection, and imports through
// another; their transactions take the write lock at the beginning, so that there are no
// deadlocks. Readers have their own connections and see the last commit.
type File struct {
	site
	sight sight   // how a file that is opened for reading only is read
	write *sql.DB // nil if opened for reading only
	apply *sql.DB // for imports
	read  *sql.DB
}

// Open opens the file at path for reading and writing and brings its schema up to date. If
// there is no file the error is connector.ErrNoState. An empty, foreign, newer or damaged
// file is an *UnusableError and is left as it is.
func Open(ctx context.Context, path string, o Options) (opened *File, err error) {
	err = newSite(path, o).whenFree(ctx, o.Patience.Limit(), disk.Altogether, func() error {
		opened, err = openToWrite(ctx, path, o)
		return err
	})
	return opened, err
}

func openToWrite(ctx context.Context, path string, o Options) (*File, error) {
	path, how, err := existingFile(ctx, path, o.Schema)
	if err != nil {
		return nil, err
	}
	if how != shared {
		return nil, diagnosis.Diagnose(path, fs.ErrPermission)
	}
	if err := keepPrivate(path); err != nil {
		return nil, err
	}
	removeStrays(path)
	f := &File{site: newSite(path, o)}
	if err := f.openConnections(true); err != nil {
		return nil, err
	}
	if err := o.Schema.CheckFile(ctx, f.read, path, true); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.migrateSchema(ctx, f.write); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// OpenReadOnly opens the file at path for reading. It never writes, not even a step of the
// schema.
func OpenReadOnly(ctx context.Context, path string, o Options) (opened *File, err error) {
	err = newSite(path, o).whenFree(ctx, untilReadersGiveUp, disk.Altogether, func() error {
		opened, err = openToLook(ctx, path, o)
		return err
	})
	return opened, err
}

func openToLook(ctx context.Context, path string, o Options) (*File, error) {
	path, how, err := existingFile(ctx, path, o.Schema)
	if err != nil {
		return nil, err
	}
	f := &File{site: newSite(path, o), sight: how}
	if err := f.openConnections(false); err != nil {
		return nil, err
	}
	if err := o.Schema.CheckFile(ctx, f.read, path, false); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Create is Open, but makes the file and its folder if there is none.
func Create(ctx context.Context, path string, o Options) (*File, error) {
	f, err := Open(ctx, path, o)
	if !errors.Is(err, connector.ErrNoState) {
		return f, err
	}
	if err := newSite(path, o).makeFile(ctx); err != nil {
		return nil, err
	}
	return Open(ctx, path, o)
}

// Path returns the absolute path of the file.
func (f *File) Path() string { return f.path }

// Read returns what reads the last commit.
func (f *File) Read() *sql.DB { return f.read }

// Close releases the file.
func (f *File) Close() error {
	err := f.read.Close()
	if f.write != nil {
		err = errors.Join(err, f.write.Close(), f.apply.Close())
	}
	return err
}

func (f *File) openConnections(writing bool) error {
	memory.WatchStorage()
	var err error
	pragmas := readPragmas(true)
	if !writing {
		pragmas = lookPragmas(f.sight)
	}
	if f.read, err = sql.Open("sqlite", f.dsn(pragmas)); err != nil {
		return diagnosis.Unusable(f.path, err)
	}
	f.read.SetMaxOpenConns(4)
	f.read.SetMaxIdleConns(4) // a connection costs as much as a hundred queries
	if !writing {
		return nil
	}
	if err := load.Register(); err != nil {
		return diagnosis.Unusable(f.path, err)
	}
	if f.write, err = sql.Open("sqlite", f.dsn(writePragmas())); err != nil {
		return diagnosis.Unusable(f.path, err)
	}
	if f.apply, err = sql.Open("sqlite", f.dsn(applyPragmas())); err != nil {
		return diagnosis.Unusable(f.path, err)
	}
	f.write.SetMaxOpenConns(1)
	f.apply.SetMaxOpenConns(1)
	f.apply.SetMaxIdleConns(0)
	return nil
}

// Update runs change in one transaction that takes the write lock at the beginning.
func (f *File) Update(ctx context.Context, change func(tx *sql.Tx) error) error {
	if f.write == nil {
		return connector.ErrReadOnly
	}
	return f.runUpdate(ctx, f.write, change)
}

// Unusable puts an error of SQLite or the file system into words.
func (f *File) Unusable(err error) error { return diagnosis.Unusable(f.path, err) }

// IsOwn reports whether SQLite itself returned the error.
func (*File) IsOwn(err error) bool { return diagnosis.IsOwn(err) }
