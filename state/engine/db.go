package engine

import (
	"context"
	"database/sql"
	"time"
)

// Engine is one kind of database, with one place open.
type Engine interface {
	// Path is where the place lies.
	Path() string
	// Read is what reads it: the last commit.
	Read() *sql.DB
	// Update runs change in one transaction that holds the write lock from its beginning.
	Update(ctx context.Context, change func(tx *sql.Tx) error) error
	// Unusable puts an error of the engine or the file system into words, once.
	Unusable(err error) error
	// WipeLog takes what was deleted out of all that the engine keeps beside the place.
	WipeLog(ctx context.Context) error
	// IsOwn reports whether the engine itself told of an error.
	IsOwn(err error) bool
}

// DB is an open place as all that is kept in it is asked for and written. Its parts share
// one, also when the place was closed and opened anew.
type DB struct {
	engine Engine
	often  *Statements
	now    func() time.Time
}

// NewDB returns the place that the engine has open, whose times come from now.
func NewDB(opened Engine, now func() time.Time) *DB {
	db := &DB{now: now}
	db.UseEngine(opened)
	return db
}

// UseEngine goes on with a place that was opened anew. Nobody else uses the DB meanwhile.
func (db *DB) UseEngine(opened Engine) { db.engine, db.often = opened, NewStatements(opened.Read()) }

// Path is where the place lies.
func (db *DB) Path() string { return db.engine.Path() }

// Read is what reads the last commit.
func (db *DB) Read() *sql.DB { return db.engine.Read() }

// Statements is Read for statements that are run again and again.
func (db *DB) Statements() *Statements { return db.often }

// Now is the time, in UTC.
func (db *DB) Now() time.Time { return db.now().UTC() }

// Update runs change in one transaction that holds the write lock from its
// beginning. now is the same for everything that it writes.
func (db *DB) Update(ctx context.Context, change func(tx *sql.Tx, now time.Time) error) error {
	return db.engine.Update(ctx, func(tx *sql.Tx) error { return change(tx, db.Now()) })
}

// Unusable puts an error of the engine or the file system into words; nil stays nil.
func (db *DB) Unusable(err error) error { return db.engine.Unusable(err) }

// IsOwn reports whether the engine itself told of an error.
func (db *DB) IsOwn(err error) bool { return db.engine.IsOwn(err) }

// WipeLog takes what was deleted out of all that the engine keeps beside the place.
func (db *DB) WipeLog(ctx context.Context) error { return db.engine.WipeLog(ctx) }
