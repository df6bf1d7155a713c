package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer/job"
)

// Backups are files that can take the place of the state file at Path.
type Backups struct {
	Path    string
	Options []Option
}

// restoration is a backup that is ready to take the place of the state file: copied
// beside it, brought up to date, and checked. Nothing has changed so far. While it is
// there nobody else makes or restores the file.
type restoration struct {
	job.Restoration
	db    *DB // where it goes
	fresh string
	lock  *flock.Flock
}

// Prepare checks the file at from, copies it beside the state file and checks the copy.
// What is there now is not touched.
func (b Backups) Prepare(ctx context.Context, from string) (job.Prepared, error) {
	path, err := filepath.Abs(b.Path)
	if err == nil {
		from, err = filepath.Abs(from)
	}
	if err != nil {
		return nil, unusable(path, err)
	}
	backup, err := openBackup(ctx, from)
	if err == nil {
		defer backup.db.read.Close()
		err = backup.db.checkWhole(ctx)
	}
	if err != nil {
		return nil, notRestored(from, err)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, unusable(path, err)
	}
	r := &restoration{Restoration: job.Restoration{From: from, Path: path, LogLeftOut: backup.logLeftOut}, db: newDB(path, b.Options)}
	if r.lock, err = r.db.makingAlone(ctx); err != nil {
		return nil, unusable(path, err)
	}
	if err := r.copy(ctx, backup.db, b.Options); err != nil {
		return nil, errors.Join(r.failed(err), r.Close())
	}
	r.lookAtReplaced(ctx, b.Options)
	return r, failpoint.Reach("restore/checked")
}

// Found is what was found.
func (r *restoration) Found() job.Restoration { return r.Restoration }

// Close gives up what was prepared, unless it was put in place.
func (r *restoration) Close() error {
	if r.fresh != "" {
		removeWith(r.fresh) // what is left of it, once it has its place
	}
	return r.lock.Unlock()
}

func (r *restoration) lookAtReplaced(ctx context.Context, options []Option) {
	now, err := contentsOf(ctx, r.db.path, options)
	switch {
	case err == nil:
		r.Replaces = &now
	case !errors.Is(err, connector.ErrNoState):
		r.Unusable = err
	}
}

// copy makes the copy. The backup was looked through as a whole: a copy of what is
// damaged may be sound, and lack what could not be read.
func (r *restoration) copy(ctx context.Context, backup *DB, options []Option) (err error) {
	if r.fresh, err = freshName(r.Path); err != nil {
		return err
	}
	if err := backup.copyInto(ctx, r.fresh); err != nil {
		return err
	}
	if err := fill(ctx, r.fresh, options); err != nil { // from any older schema
		return err
	}
	r.Bytes = sizeOf(r.fresh)
	if err := checkCopy(ctx, r.fresh); err != nil {
		return err
	}
	r.Holds, err = contentsOf(ctx, r.fresh, options)
	return err
}

// failed says whether the copy could not be made, or what is copied is of no use.
func (r *restoration) failed(err error) error {
	var found *UnusableError
	if !errors.As(unusable(r.Path, err), &found) {
		return err
	}
	switch {
	case found.Next == makeRoom:
		return withNeed(&UnusableError{Path: r.Path, Next: makeRoom, Err: err}, 2*sizeOf(r.From))
	case found.Path == r.Path:
		return found
	}
	return notRestored(r.From, found)
}

type backup struct {
	db         *DB
	logLeftOut bool
}

// openBackup opens a file only to look, and leaves nothing beside it.
func openBackup(ctx context.Context, path string) (b backup, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return b, err
	case !info.Mode().IsRegular():
		return b, errors.New("it is not a regular file")
	case info.Size() == 0:
		return b, errors.New("it is empty")
	}
	b.db = newDB(path, nil)
	b.db.sight = unchanging
	if sizeOf(path+"-wal") > 0 {
		if b.logLeftOut = refuseForeignLog(ctx, path) != nil; !b.logLeftOut {
			b.db.sight = shared
		}
	}
	if err := inspectBy(ctx, path, b.db.sight); err != nil {
		return b, err
	}
	b.db.read, err = sql.Open("sqlite", dsn(path, lookPragmas(b.db.sight)))
	return b, err
}

func notRestored(from string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	why := inWords(from, err)
	if already := (*UnusableError)(nil); errors.As(err, &already) {
		why = already.Why
	}
	fault := &connector.Fault{Code: connector.StateUnusable, Err: err, Message: fmt.Sprintf("nothing was restored, %s cannot be: %s", from, why),
		Hint: "eshopctl state restore FILE, with another backup"}
	if errors.Is(err, os.ErrNotExist) {
		fault.Code, fault.Message = connector.Usage, from+" is not there"
		fault.Hint = "eshopctl state restore FILE, with the name of a backup"
	}
	return fault
}

// TakeAll takes every lock that was ever taken on the state file.
func (r *restoration) TakeAll(ctx context.Context) (release func(), err error) {
	held, err := r.db.takeAll(ctx)
	return held.release, err
}

// Place puts the backup in the place of the state file, and what is there beside it:
// kept is its name, "" when nothing was there.
func (r *restoration) Place(ctx context.Context) (kept string, err error) {
	if exists(r.Path) || exists(r.Path+"-wal") {
		quiet, err := r.db.quieten(ctx)
		if err != nil {
			return "", err
		}
		if quiet != nil {
			defer quiet.Close()
		}
		if kept, err = r.db.keepAside(quiet == nil); err != nil {
			return "", unusable(r.Path, err)
		}
	}
	if err := failpoint.Reach("restore/kept"); err != nil {
		return kept, err
	}
	if err := os.Rename(r.fresh, r.Path); err != nil {
		return kept, unusable(r.Path, err)
	}
	if kept != "" {
		time.Sleep(busyTimeout + 50*time.Millisecond) // who opened the file a moment ago gives up, and opens this one
	}
	return kept, errors.Join(SyncFolder(filepath.Dir(r.Path)), failpoint.Reach("restore/named"))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// keepAside gives the file a second name, and its log, where it has one, its only one,
// so that at each moment there is a file in its place.
func (db *DB) keepAside(withLog bool) (string, error) {
	kept := fmt.Sprintf("%s.kept-%s", db.path, db.now().UTC().Format("20060102-150405"))
	for n, name := 2, kept; exists(kept); n++ {
		kept = fmt.Sprintf("%s-%d", name, n)
	}
	if exists(db.path) {
		if err := os.Link(db.path, kept); err != nil {
			return "", err
		}
	}
	_ = os.Remove(db.path + "-shm") // made anew from the log
	if !withLog {
		return kept, nil
	}
	for _, ending := range []string{"-wal", "-journal"} {
		if err := os.Rename(db.path+ending, kept+ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}

// quieten brings what the log holds into the file and keeps everybody else out of it,
// until what it returns is closed: nil for a file that is of no use, which has nobody
// to keep out.
func (db *DB) quieten(ctx context.Context) (*sql.DB, error) {
	if _, _, err := existing(ctx, db.path); isBusy(err) {
		return nil, err
	} else if err != nil {
		return nil, nil
	}
	pragmas := writePragmas()
	pragmas.Del("_journal_mode")
	pragmas["_pragma"] = []string{"locking_mode(EXCLUSIVE)"}
	file, err := sql.Open("sqlite", dsn(db.path, pragmas))
	if err != nil {
		return nil, unusable(db.path, err)
	}
	file.SetMaxOpenConns(1)
	_, err = file.ExecContext(ctx, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
	switch {
	case err == nil:
		return file, nil
	case isBusy(err):
		return nil, errors.Join(&connector.Fault{Code: connector.Locked, Err: err, Message: "another program has the state file " + db.path + " open",
			Hint: "end it, then type the same again; who is at work: eshopctl state info"}, file.Close())
	}
	return file, nil // it is damaged: that is why another one takes its place
}

// holds are the locks of everybody who may be at work.
type holds []*Lock

func (h holds) release() {
	for _, lock := range h {
		_ = lock.Release() // they end with the process in any case
	}
}

// takeAll takes every lock that was ever taken on this file.
func (db *DB) takeAll(ctx context.Context) (taken holds, err error) {
	names, err := db.lockNames()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		lock := db.lock(name)
		free, err := lock.file.TryLock()
		if err == nil && free {
			taken = append(taken, lock)
			continue
		}
		taken.release()
		if err != nil {
			return nil, unusable(db.path, err)
		}
		return nil, &connector.Fault{Code: connector.Locked, Message: "another run is at work: " + db.holderOf(ctx, name).String(),
			Hint: "wait until it has ended: eshopctl runs list --limit 1 shows it; a dead process never keeps the lock"}
	}
	return taken, nil
}

// holderOf is who took a lock, as far as the file tells.
func (db *DB) holderOf(ctx context.Context, lock string) job.HeldLock {
	look, err := OpenReadOnly(ctx, db.path)
	if err != nil {
		return job.HeldLock{What: "unknown"}
	}
	defer look.Close()
	return look.lock(lock).holder(ctx)
}
