package state

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"
)

// Condition is how the state file is, apart from what it says.
type Condition struct {
	Damage     error // what is wrong inside, nil when nothing was found
	Looked     bool  // all of it was looked through in the time that there was
	Unwritable error // why nothing can be written, nil when it can
	Room       int64 // what may still be written on its disk
	RoomKnown  bool
}

// Examine looks into the file itself, for that long at most.
func (db *DB) Examine(ctx context.Context, limit time.Duration) Condition {
	var c Condition
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
