package engine

import (
	"context"
	"database/sql"
	"time"
)

// Engine is one kind of database, with one place open.
type Engine interface {
	// Path returns where the place is.
	Path() string
	// Read returns what reads the last commit.
	Read() *sql.DB
	// Update runs change in one transaction that takes the write lock at the beginning.
	Update(ctx context.Context, change func(tx *sql.Tx) error) error
	// Unusable puts an error of the engine or the file system into words; it does so once.
	Unusable(err error) error
	// WipeLog removes deleted data from everything that the engine keeps beside the place.
	WipeLog(ctx context.Context) error
	// IsOwn reports whether the engine itself returned the error.
	IsOwn(err error) bool
}

// DB is an open place. All parts of the state share one DB, also after the place was closed
// and opened again.
type DB struct {
	engine Engine
	often  *Statements
	now    func() time.Time
}

// NewDB returns the place that the engine has open. now is its clock.
func NewDB(opened Engine, now func() time.Time) *DB {
	db := &DB{now: now}
	db.UseEngine(opened)
	return db
}

// UseEngine continues with a place that was opened again. Nobody else may use the DB
// meanwhile.
func (db *DB) UseEngine(opened Engine) { db.engine, db.often = opened, NewStatements(opened.Read()) }

// Path returns where the place is.
func (db *DB) Path() string { return db.engine.Path() }

// Read returns what reads the last commit.
func (db *DB) Read() *sql.DB { return db.engine.Read() }

// Statements is Read with statements that are prepared once, for queries that run often.
func (db *DB) Statements() *Statements { return db.often }

// Now returns the time, in UTC.
func (db *DB) Now() time.Time { return db.now().UTC() }

// Update runs change in one transaction that takes the write lock at the beginning. now is
// the time for everything that it writes.
func (db *DB) Update(ctx context.Context, change func(tx *sql.Tx, now time.Time) error) error {
	return db.engine.Update(ctx, func(tx *sql.Tx) error { return change(tx, db.Now()) })
}

// Unusable puts an error of the engine or the file system into words. nil stays nil.
func (db *DB) Unusable(err error) error { return db.engine.Unusable(err) }

// IsOwn reports whether the engine itself returned the error.
func (db *DB) IsOwn(err error) bool { return db.engine.IsOwn(err) }

// WipeLog removes deleted data from everything that the engine keeps beside the place.
func (db *DB) WipeLog(ctx context.Context) error { return db.engine.WipeLog(ctx) }
