package state

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/importer/job"
)

// Examine looks into the file itself, for that long at most.
func (db *DB) Examine(ctx context.Context, limit time.Duration) job.Condition {
	var c job.Condition
	c.Room, c.RoomKnown = roomAt(filepath.Dir(db.path))
	c.Looked, c.Damage = quickCheck(ctx, db.read, limit)
	c.Damage = unusable(db.path, c.Damage)
	for _, place := range []string{filepath.Dir(db.path), db.path} {
		if c.Unwritable == nil && mayWrite(place) != nil {
			c.Unwritable = diagnosed(db.path, fs.ErrPermission)
		}
	}
	if c.Unwritable == nil {
		c.Unwritable = db.asBuilt(ctx, true)
	}
	return c
}
