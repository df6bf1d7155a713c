package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// Restoration is a backup that is ready to replace the state file: copied beside it,
// brought up to date, and checked. Nothing else has changed. Until it is closed nobody else
// can make or restore the file.
type Restoration struct {
	From, Path string
	Bytes      int64
	LogLeftOut bool   // the log beside the backup belongs to another file and is left out
	Copy       string // path of the copy

	place site // where it goes
	lock  *Lock
}

// PrepareRestore checks the file at from, copies it beside the state file at path and
// checks the copy. It does not touch the present state file.
func PrepareRestore(ctx context.Context, path, from string, o Options) (*Restoration, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		from, err = filepath.Abs(from)
	}
	if err != nil {
		return nil, diagnosis.Unusable(path, err)
	}
	backup, err := openBackup(ctx, from, o.Schema)
	if err == nil {
		defer backup.read.Close()
		err = checkWhole(ctx, backup.read)
	}
	if err != nil {
		return nil, notRestored(from, err)
	}
	if err := durable.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, diagnosis.Unusable(path, err)
	}
	r := &Restoration{From: from, Path: path, LogLeftOut: backup.logLeftOut, place: newSite(path, o)}
	if r.lock, err = r.place.makingAlone(ctx); err != nil {
		return nil, diagnosis.Unusable(path, err)
	}
	if err := r.makeCopy(ctx, backup); err != nil {
		return nil, errors.Join(r.CopyFault(err), r.Close())
	}
	return r, nil
}

// Close removes the copy unless it was put in place, and releases the lock.
func (r *Restoration) Close() error {
	if r.Copy != "" {
		removeWith(r.Copy) // what is left of it, once it has its place
	}
	return r.lock.Release()
}

// makeCopy makes and checks the copy. The backup itself was checked before: a copy of a
// damaged file may be sound and incomplete.
func (r *Restoration) makeCopy(ctx context.Context, from backup) (err error) {
	if r.Copy, err = freshName(r.Path); err != nil {
		return err
	}
	if err := from.place.copyInto(ctx, from.sight, r.Copy); err != nil {
		return err
	}
	if err := fillFile(ctx, r.Copy, r.place.options); err != nil { // from any older schema
		return err
	}
	r.Bytes = disk.SizeOf(r.Copy)
	return checkCopy(ctx, r.Copy, r.place.options.Schema)
}

// CopyFault says whether the copy could not be made or the backup is of no use.
func (r *Restoration) CopyFault(err error) error {
	var found *engine.UnusableError
	if !errors.As(diagnosis.Unusable(r.Path, err), &found) {
		return err
	}
	switch {
	case diagnosis.WantsRoom(found):
		return withNeed(&engine.UnusableError{Path: r.Path, Next: connector.Advice(diagnosis.MakeRoom), Err: err}, 2*disk.SizeOf(r.From))
	case found.Path == r.Path:
		return found
	}
	return notRestored(r.From, found)
}

// backup is a backup that is opened for reading.
type backup struct {
	place      site
	sight      sight
	read       *sql.DB
	logLeftOut bool
}

// openBackup opens a file for reading and leaves nothing beside it.
func openBackup(ctx context.Context, path string, of schema.Schema) (b backup, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return b, err
	case !info.Mode().IsRegular():
		return b, errors.New("it is not a regular file")
	case info.Size() == 0:
		return b, errors.New("it is empty")
	}
	b.place, b.sight = newSite(path, Options{Schema: of}), unchanging
	if disk.SizeOf(path+"-wal") > 0 {
		if b.logLeftOut = refuseForeignLog(ctx, path) != nil; !b.logLeftOut {
			b.sight = shared
		}
	}
	if err := inspectBy(ctx, of, path, b.sight); err != nil {
		return b, err
	}
	b.read, err = sql.Open("sqlite", dsn(path, lookPragmas(b.sight)))
	return b, err
}

func notRestored(from string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	why := diagnosis.InWords(from, err)
	if already := (*engine.UnusableError)(nil); errors.As(err, &already) {
		why = already.Why
	}
	fault := &connector.Fault{Code: connector.StateUnusable, Err: err,
		Message: fmt.Sprintf("nothing was restored, %s cannot be: %s", from, why),
		Next:    diagnosis.RestoreCommand("FILE").Next().Then(", with another backup")}
	if errors.Is(err, os.ErrNotExist) {
		fault.Code, fault.Message = connector.Usage, from+" is not there"
		fault.Next = diagnosis.RestoreCommand("FILE").Next().Then(", with the name of a backup")
	}
	return fault
}

// PutInPlace replaces the state file by the backup and keeps the present file beside it:
// kept is its name, "" if there was none. Nobody may be at work on it.
func (r *Restoration) PutInPlace(ctx context.Context) (kept string, err error) {
	if disk.Exists(r.Path) || disk.Exists(r.Path+"-wal") {
		quiet, err := r.place.quietenFile(ctx)
		if err != nil {
			return "", err
		}
		if quiet != nil {
			defer quiet.Close()
		}
		if kept, err = r.place.keepAside(quiet == nil); err != nil {
			return "", diagnosis.Unusable(r.Path, err)
		}
	}
	if err := failpoint.Reach("restore/kept"); err != nil {
		return kept, err
	}
	if err := durable.RenameTo(r.Path, r.Copy); err != nil {
		return kept, diagnosis.Unusable(r.Path, err)
	}
	if kept != "" {
		time.Sleep(busyTimeout + 50*time.Millisecond) // until those who just opened the old file give up on its lock
	}
	return kept, failpoint.Reach("restore/named")
}

// keepAside gives the file a second name and moves its log to that name, so that there is a
// file in its place at every moment.
func (s site) keepAside(withLog bool) (string, error) {
	kept := fmt.Sprintf("%s.kept-%s", s.path, s.options.Now().UTC().Format("20060102-150405"))
	for n, name := 2, kept; disk.Exists(kept); n++ {
		kept = fmt.Sprintf("%s-%d", name, n)
	}
	if disk.Exists(s.path) {
		if err := os.Link(s.path, kept); err != nil {
			return "", err
		}
	}
	_ = os.Remove(s.path + "-shm") // made anew from the log
	if !withLog {
		return kept, nil
	}
	for _, ending := range []string{"-wal", "-journal"} {
		if err := os.Rename(s.path+ending, kept+ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}

// quietenFile writes the log into the file and locks out everybody else until the returned
// connection is closed. It returns nil for an unusable file, which nobody uses.
func (s site) quietenFile(ctx context.Context) (*sql.DB, error) {
	if _, _, err := existingFile(ctx, s.path, s.options.Schema); diagnosis.IsBusy(err) {
		return nil, err
	} else if err != nil {
		return nil, nil
	}
	pragmas := writePragmas()
	pragmas.Del("_journal_mode")
	pragmas["_pragma"] = []string{"locking_mode(EXCLUSIVE)"}
	file, err := sql.Open("sqlite", dsn(s.path, pragmas))
	if err != nil {
		return nil, diagnosis.Unusable(s.path, err)
	}
	file.SetMaxOpenConns(1)
	_, err = file.ExecContext(ctx, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
	switch {
	case err == nil:
		return file, nil
	case diagnosis.IsBusy(err):
		return nil, errors.Join(&connector.Fault{Code: connector.Locked, Err: err,
			Message: "another program has the state file " + s.path + " open",
			Next:    diagnosis.WhoWorks.After("end it, then type the same again; who is at work: ")}, file.Close())
	}
	return file, nil // the file is damaged, which is why it is replaced
}
