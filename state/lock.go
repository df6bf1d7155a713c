package state

import (
	"context"
	"database/sql"
	"os"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// Lock is a lock that processes share. It ends with its holder, however that dies, who
// is noted in the state file.
type Lock struct {
	db   *DB
	name string
	file *sqlite.Lock
}

// StoreLock is the lock that a run of a connector holds on its store.
func (db *DB) StoreLock(of connector.ID) job.Lock { return db.storeLock(of) }

// storeLock is the lock of a connector's store. No name of a store holds an @.
func (db *DB) storeLock(of connector.ID) *Lock {
	return db.lock("store-" + of.Store + "@" + of.Provider)
}

// ApplyLock is the lock under which one run at a time writes the catalogue.
func (db *DB) ApplyLock() job.Lock { return db.lock("apply") }

func (db *DB) lock(name string) *Lock {
	return &Lock{db: db, name: name, file: sqlite.LockBeside(db.path, name)}
}

// untilRefused covers the moment for which a command that only looks holds a
// lock to see whether it is free.
const untilRefused = 300 * time.Millisecond

// Take takes the lock and notes what for. When another process holds it, the
// error is a *connector.Fault with the code Locked that names the holder.
func (l *Lock) Take(ctx context.Context, what string) error {
	atMost, cancel := context.WithTimeout(ctx, untilRefused)
	defer cancel()
	if taken, err := l.file.TryUntil(atMost); !taken {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if atMost.Err() == nil {
			return unusable(l.db.path, err)
		}
		holder := l.Holder(ctx)
		return &connector.Fault{Code: connector.Locked, Message: "another run is at work: " + holder,
			Next: untilEnded()}
	}
	return l.note(ctx, what)
}

// untilEnded is what to do while somebody else is at work.
func untilEnded() connector.Next {
	return connector.Typed("runs list", "--limit", "1").After("wait until it has ended: ").Then(" shows it; a dead process never keeps the lock")
}

// Wait takes the lock when its holder gives it back. How long that is waited for and
// who hears of it is told by the patience of the file; the error is a
// *connector.Fault with the code Locked when it ends.
func (l *Lock) Wait(ctx context.Context, what string) error {
	err := l.db.patience.Await(ctx, 100*time.Millisecond, func() string { return l.Holder(ctx) }, func() (bool, error) {
		taken, err := l.file.Try()
		return taken, unusable(l.db.path, err)
	})
	if err != nil {
		return err
	}
	return l.note(ctx, what)
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Release() }

// Held reports whether any process holds the lock, without waiting.
func (l *Lock) Held() bool { return l.file.Held() }

// Holder is who took the lock last, in words.
func (l *Lock) Holder(ctx context.Context) string { return l.holder(ctx).String() }

// holder is who noted that he took the lock last.
func (l *Lock) holder(ctx context.Context) job.HeldLock {
	h := job.HeldLock{Name: l.name, What: "unknown"}
	_ = l.db.read.QueryRowContext(ctx, "SELECT pid, host, what, since FROM holders WHERE lock = ?", l.name).
		Scan(short(&h.PID, &h.Host, &h.What, timeColumn{&h.Since})...) // only for the message
	return h
}

func (l *Lock) note(ctx context.Context, what string) error {
	host, _ := os.Hostname()
	err := l.db.update(ctx, func(tx *sql.Tx, now time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO holders (lock, pid, host, what, since) VALUES (?, ?, ?, ?, ?)",
			l.name, os.Getpid(), host, what, formatTime(now))
		return err
	})
	if err != nil {
		_ = l.Release()
	}
	return err
}
