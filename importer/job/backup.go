package job

import (
	"context"
	"time"
)

// Backups are copies of all that is kept. What a copy is, and how one takes the place of
// what is there, is the engine's own.
type Backups interface {
	// PrepareBackup makes ready what lies at from: it is copied, checked and brought up to
	// date. Nothing has changed so far.
	PrepareBackup(ctx context.Context, from string) (ReadyBackup, error)
}

// ReadyBackup is a backup that is ready to be put in place.
type ReadyBackup interface {
	Outlook() Restoration
	// TakeAll takes every lock that somebody at work may hold, or fails with the code
	// Locked and names who does.
	TakeAll(ctx context.Context) (release func(), err error)
	// PutInPlace puts the backup in place, and what is there beside it: kept is its name, "" for
	// nothing. Whoever calls it holds all locks.
	PutInPlace(ctx context.Context) (kept string, err error)
	// Close gives up what was prepared and was not put in place.
	Close() error
}

// Restoration is what a backup would bring, and what it would replace.
type Restoration struct {
	From, Path string
	Bytes      int64
	Holds      Contents // of the backup
	LogLeftOut bool     // what lay beside the backup was the log of another file

	Replaces *Contents // what is there now, nil when nothing is, or it cannot be read
	Unusable error     // why what is there now cannot be read, nil when it can
}

// Contents is what is kept in one place, in short.
type Contents struct {
	Stores []StoreContents
	Key    error // why the secrets in it cannot be opened here, nil when they can or there are none
}

// StoreContents is what is kept of one store.
type StoreContents struct {
	Store    string
	Domain   string // of the shop
	Products int
	LastRun  time.Time // zero before the first
}
