package state

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/importer/job"
)

// Path returns the absolute path of the state file.
func (db *DB) Path() string { return db.file.Path() }

// Backup writes a copy of the state file to path, which must not exist, and returns its
// size in bytes. Secrets in it stay sealed; the key is not in it.
func (db *DB) Backup(ctx context.Context, path string) (int64, error) {
	return db.file.Backup(ctx, path)
}

// Size returns the size of the state file in bytes, and how many of these are free to be
// reused.
func (db *DB) Size(ctx context.Context) (bytes, free int64, err error) { return db.file.Size(ctx) }

// RemoteKind returns the kind of file system if other machines may share the state file, ""
// if it is local.
func (db *DB) RemoteKind() string { return db.file.RemoteKind() }

// Examine checks the file, for that long at most.
func (db *DB) Examine(ctx context.Context, limit time.Duration) job.Condition {
	var c job.Condition
	c.Room, c.RoomKnown = db.file.Room()
	c.Looked, c.Damage = db.file.FindDamage(ctx, limit)
	c.Unwritable = db.file.WhyUnwritable(ctx)
	return c
}
