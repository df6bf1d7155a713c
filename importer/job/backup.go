package job

import (
	"context"
	"time"
)

// Backups are copies of the whole state. How a copy is made and put in place is the
// engine's own.
type Backups interface {
	// PrepareBackup copies and checks the backup at from and brings it up to date. It
	// changes nothing else.
	PrepareBackup(ctx context.Context, from string) (ReadyBackup, error)
}

// ReadyBackup is a backup that is ready to be put in place.
type ReadyBackup interface {
	// Outlook returns what the backup would bring and replace.
	Outlook() Restoration
	// TakeAll takes every lock that a run may hold, or fails with the code Locked and names
	// the holder.
	TakeAll(ctx context.Context) (release func(), err error)
	// PutInPlace puts the backup in place and keeps the present state beside it: kept is
	// its name, "" if there was none. The caller holds all locks.
	PutInPlace(ctx context.Context) (kept string, err error)
	// Close removes the copy unless it was put in place.
	Close() error
}

// Restoration is what a backup would bring, and what it would replace.
type Restoration struct {
	From, Path string
	Bytes      int64
	Holds      Contents // of the backup
	LogLeftOut bool     // the log beside the backup belongs to another file and is left out

	Replaces *Contents // the present state, nil if there is none or it cannot be read
	Unusable error     // why the present state cannot be read
}

// Contents is a summary of a state.
type Contents struct {
	Stores []StoreContents
	Key    error // why the secrets in it cannot be opened here, nil if they can or there are none
}

// StoreContents is a summary of one store.
type StoreContents struct {
	Store    string
	Domain   string // of the shop
	Products int
	LastRun  time.Time // zero before the first
}
