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
)

// Restoration is a backup that is ready to take the place of the state file: copied
// beside it, brought up to date, and checked. Nothing has changed so far. While it is
// there nobody else makes or restores the file.
type Restoration struct {
	From, Path string
	Bytes      int64
	LogLeftOut bool   // what lay beside the backup was the log of another file
	Copy       string // where the copy lies until it is put in place

	file *File // where it goes
	lock *Lock
}

// PrepareRestore checks the file at from, copies it beside the state file at path and
// checks the copy. What is there now is not touched.
func PrepareRestore(ctx context.Context, path, from string, o Options) (*Restoration, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		from, err = filepath.Abs(from)
	}
	if err != nil {
		return nil, Unusable(path, err)
	}
	backup, err := openBackup(ctx, from, o.Schema)
	if err == nil {
		defer backup.file.read.Close()
		err = backup.file.checkWhole(ctx)
	}
	if err != nil {
		return nil, notRestored(from, err)
	}
	if err := durable.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, Unusable(path, err)
	}
	r := &Restoration{From: from, Path: path, LogLeftOut: backup.logLeftOut, file: newFile(path, o)}
	if r.lock, err = r.file.makingAlone(ctx); err != nil {
		return nil, Unusable(path, err)
	}
	if err := r.copy(ctx, backup.file); err != nil {
		return nil, errors.Join(r.Failed(err), r.Close())
	}
	return r, nil
}

// Close gives up what was prepared, unless it was put in place.
func (r *Restoration) Close() error {
	if r.Copy != "" {
		removeWith(r.Copy) // what is left of it, once it has its place
	}
	return r.lock.Release()
}

// copy makes the copy. The backup was looked through as a whole: a copy of what is
// damaged may be sound, and lack what could not be read.
func (r *Restoration) copy(ctx context.Context, backup *File) (err error) {
	if r.Copy, err = freshName(r.Path); err != nil {
		return err
	}
	if err := backup.copyInto(ctx, r.Copy); err != nil {
		return err
	}
	if err := fill(ctx, r.Copy, r.file.options); err != nil { // from any older schema
		return err
	}
	r.Bytes = sizeOf(r.Copy)
	return checkCopy(ctx, r.Copy, r.file.options.Schema)
}

// Failed says whether the copy could not be made, or what is copied is of no use.
func (r *Restoration) Failed(err error) error {
	var found *engine.UnusableError
	if !errors.As(Unusable(r.Path, err), &found) {
		return err
	}
	switch {
	case wantsRoom(found):
		return withNeed(&engine.UnusableError{Path: r.Path, Next: connector.Advice(makeRoom), Err: err}, 2*sizeOf(r.From))
	case found.Path == r.Path:
		return found
	}
	return notRestored(r.From, found)
}

type backup struct {
	file       *File
	logLeftOut bool
}

// openBackup opens a file only to look, and leaves nothing beside it.
func openBackup(ctx context.Context, path string, schema Schema) (b backup, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return b, err
	case !info.Mode().IsRegular():
		return b, errors.New("it is not a regular file")
	case info.Size() == 0:
		return b, errors.New("it is empty")
	}
	b.file = newFile(path, Options{Schema: schema})
	b.file.sight = unchanging
	if sizeOf(path+"-wal") > 0 {
		if b.logLeftOut = refuseForeignLog(ctx, path) != nil; !b.logLeftOut {
			b.file.sight = shared
		}
	}
	if err := schema.inspectBy(ctx, path, b.file.sight); err != nil {
		return b, err
	}
	b.file.read, err = sql.Open("sqlite", dsn(path, lookPragmas(b.file.sight)))
	return b, err
}

func notRestored(from string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	why := inWords(from, err)
	if already := (*engine.UnusableError)(nil); errors.As(err, &already) {
		why = already.Why
	}
	fault := &connector.Fault{Code: connector.StateUnusable, Err: err, Message: fmt.Sprintf("nothing was restored, %s cannot be: %s", from, why),
		Next: restoring("FILE").Next().Then(", with another backup")}
	if errors.Is(err, os.ErrNotExist) {
		fault.Code, fault.Message = connector.Usage, from+" is not there"
		fault.Next = restoring("FILE").Next().Then(", with the name of a backup")
	}
	return fault
}

// Place puts the backup in the place of the state file, and what is there beside it:
// kept is its name, "" when nothing was there. Nobody may be at work on it.
func (r *Restoration) Place(ctx context.Context) (kept string, err error) {
	if exists(r.Path) || exists(r.Path+"-wal") {
		quiet, err := r.file.quieten(ctx)
		if err != nil {
			return "", err
		}
		if quiet != nil {
			defer quiet.Close()
		}
		if kept, err = r.file.keepAside(quiet == nil); err != nil {
			return "", Unusable(r.Path, err)
		}
	}
	if err := failpoint.Reach("restore/kept"); err != nil {
		return kept, err
	}
	if err := durable.RenameTo(r.Path, r.Copy); err != nil {
		return kept, Unusable(r.Path, err)
	}
	if kept != "" {
		time.Sleep(busyTimeout + 50*time.Millisecond) // who opened the file a moment ago gives up, and opens this one
	}
	return kept, failpoint.Reach("restore/named")
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// keepAside gives the file a second name, and its log, where it has one, its only one,
// so that at each moment there is a file in its place.
func (f *File) keepAside(withLog bool) (string, error) {
	kept := fmt.Sprintf("%s.kept-%s", f.path, f.options.Now().UTC().Format("20060102-150405"))
	for n, name := 2, kept; exists(kept); n++ {
		kept = fmt.Sprintf("%s-%d", name, n)
	}
	if exists(f.path) {
		if err := os.Link(f.path, kept); err != nil {
			return "", err
		}
	}
	_ = os.Remove(f.path + "-shm") // made anew from the log
	if !withLog {
		return kept, nil
	}
	for _, ending := range []string{"-wal", "-journal"} {
		if err := os.Rename(f.path+ending, kept+ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}

// quieten brings what the log holds into the file and keeps everybody else out of it,
// until what it returns is closed: nil for a file that is of no use, which has nobody
// to keep out.
func (f *File) quieten(ctx context.Context) (*sql.DB, error) {
	if _, _, err := existing(ctx, f.path, f.options.Schema); isBusy(err) {
		return nil, err
	} else if err != nil {
		return nil, nil
	}
	pragmas := writePragmas()
	pragmas.Del("_journal_mode")
	pragmas["_pragma"] = []string{"locking_mode(EXCLUSIVE)"}
	file, err := sql.Open("sqlite", dsn(f.path, pragmas))
	if err != nil {
		return nil, Unusable(f.path, err)
	}
	file.SetMaxOpenConns(1)
	_, err = file.ExecContext(ctx, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
	switch {
	case err == nil:
		return file, nil
	case isBusy(err):
		return nil, errors.Join(&connector.Fault{Code: connector.Locked, Err: err, Message: "another program has the state file " + f.path + " open",
			Next: whoWorks.After("end it, then type the same again; who is at work: ")}, file.Close())
	}
	return file, nil // it is damaged: that is why another one takes its place
}
