package locks

import (
	"context"
	"database/sql"
	"os"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite"
)

var _ job.Locks = (*Locks)(nil)

// Locks are the locks on an open place.
type Locks struct {
	db       *engine.DB
	patience *connector.Patience
}

// New returns the locks on a place. patience says how long Wait waits for their holders.
func New(db *engine.DB, patience *connector.Patience) *Locks { return &Locks{db, patience} }

// Lock is a lock between processes. It ends with its holder, however that dies. The holder
// is noted in the state file.
type Lock struct {
	all  *Locks
	name string
	file *sqlite.Lock
}

// StoreLock returns the lock that a run of a connector holds on its store. Names of stores
// contain no @.
func (l *Locks) StoreLock(of connector.ID) job.Lock {
	return l.LockNamed("store-" + of.Store + "@" + of.Provider)
}

// ApplyLock returns the lock under which one run at a time writes the catalogue.
func (l *Locks) ApplyLock() job.Lock { return l.LockNamed("apply") }

// LockNamed returns the lock of that name.
func (l *Locks) LockNamed(name string) *Lock {
	return &Lock{all: l, name: name, file: sqlite.LockBeside(l.db.Path(), name)}
}

// untilRefused is longer than the moment for which IsHeld takes a lock to see whether it is
// free.
const untilRefused = 300 * time.Millisecond

// Take takes the lock and notes what it is for. If another process holds it the error is a
// *connector.Fault with the code Locked that names the holder.
func (l *Lock) Take(ctx context.Context, what string) error {
	atMost, cancel := context.WithTimeout(ctx, untilRefused)
	defer cancel()
	if taken, err := l.file.TryUntil(atMost); !taken {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if atMost.Err() == nil {
			return l.all.db.Unusable(err)
		}
		return AtWork(l.Holder(ctx))
	}
	return l.noteHolder(ctx, what)
}

// AtWork is the fault of a lock that somebody holds. holder says in words who that is.
func AtWork(holder string) *connector.Fault {
	return &connector.Fault{Code: connector.Locked, Message: "another run is at work: " + holder,
		Next: connector.Typed("runs list", "--limit", "1").After("wait until it has ended: ").Then(" shows it; a dead process never keeps the lock")}
}

// Wait takes the lock when its holder gives it back. The patience of the locks says how
// long it waits and who is told; after that the error is a *connector.Fault with the code
// Locked.
func (l *Lock) Wait(ctx context.Context, what string) error {
	err := l.all.patience.Await(ctx, 100*time.Millisecond, func() string { return l.Holder(ctx) }, func() (bool, error) {
		taken, err := l.file.Try()
		return taken, l.all.db.Unusable(err)
	})
	if err != nil {
		return err
	}
	return l.noteHolder(ctx, what)
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Release() }

// IsHeld reports, without waiting, whether any process holds the lock.
func (l *Lock) IsHeld() bool { return l.file.IsHeld() }

// Holder returns who took the lock last, in words.
func (l *Lock) Holder(ctx context.Context) string { return l.readHolder(ctx).String() }

// readHolder reads who took the lock last.
func (l *Lock) readHolder(ctx context.Context) job.HeldLock {
	h := job.HeldLock{Name: l.name, What: "unknown"}
	_ = l.all.db.Read().QueryRowContext(ctx, "SELECT pid, host, what, since FROM holders WHERE lock = ?", l.name).
		Scan(engine.ShortTexts(&h.PID, &h.Host, &h.What, engine.TimeInto(&h.Since))...) // only for the message
	return h
}

func (l *Lock) noteHolder(ctx context.Context, what string) error {
	host, _ := os.Hostname()
	err := l.all.db.Update(ctx, func(tx *sql.Tx, now time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO holders (lock, pid, host, what, since) VALUES (?, ?, ?, ?, ?)",
			l.name, os.Getpid(), host, what, engine.FormatTime(now))
		return err
	})
	if err != nil {
		_ = l.Release()
	}
	return err
}

// HeldLocks tries every lock that was ever taken and returns those that somebody holds.
func (l *Locks) HeldLocks(ctx context.Context) ([]job.HeldLock, error) {
	names, err := sqlite.LocksBeside(l.db.Path())
	if err != nil {
		return nil, err
	}
	held := []job.HeldLock{}
	for _, name := range names {
		if lock := l.LockNamed(name); lock.IsHeld() {
			held = append(held, lock.readHolder(ctx))
		}
	}
	return held, nil
}
