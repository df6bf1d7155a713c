package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// makeFile makes the file under another name and links it into place when it is complete,
// checked and on the disk, so that neither a kill nor a full disk leaves a half-made file.
func (s site) makeFile(ctx context.Context) error {
	var err error
	if s.path, err = filepath.Abs(s.path); err != nil {
		return diagnosis.Unusable(s.path, err)
	}
	if err := durable.MakeFolder(filepath.Dir(s.path)); err != nil {
		return withNeed(diagnosis.Unusable(s.path, err), roomForNew)
	}
	lock, err := s.makingAlone(ctx)
	if err != nil {
		return withNeed(diagnosis.Unusable(s.path, err), roomForNew)
	}
	defer lock.Release() //nolint:errcheck // it ends with the process in any case
	return withNeed(diagnosis.Unusable(s.path, s.makeAndLink(ctx)), roomForNew)
}

func (s site) makeAndLink(ctx context.Context) error {
	fresh, err := freshName(s.path)
	if err != nil {
		return err
	}
	defer removeWith(fresh)
	if err := fillFile(ctx, fresh, s.options); err != nil {
		return err
	}
	if err := failpoint.Reach("create/made"); err != nil {
		return err
	}
	if err := durable.LinkTo(s.path, fresh); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return failpoint.Reach("create/linked")
}

// roomForNew is how many bytes a new file takes while it is made and first opened.
const roomForNew = 1 << 20

// withNeed adds to an error how much room the file needs, if room is what was missing.
func withNeed(err error, bytes int64) error {
	var unusable *engine.UnusableError
	if !errors.As(err, &unusable) {
		return err
	}
	if folder := filepath.Dir(unusable.Path); diagnosis.WantsRoom(unusable) {
		unusable.Why = fmt.Sprintf("there is no room for it in %s: a new one needs %s", folder, diagnosis.InUnits(bytes))
		if room, known := disk.RoomAt(folder); known {
			unusable.Why += ", and " + diagnosis.InUnits(room) + " are free"
		}
	}
	return err
}

// makingAlone takes the lock under which files are made beside the state file, and removes
// what others left when they died.
func (s site) makingAlone(ctx context.Context) (*Lock, error) {
	lock := LockBeside(s.path, creating)
	what := func() string { return "another eshopctl that makes the state file " + s.path }
	err := s.options.Patience.Await(ctx, betweenTries, what, lock.Try)
	if err != nil {
		return nil, err
	}
	dropStrays(s.path)
	return lock, nil
}

// removeStrays removes unfinished files, unless one is being made now.
func removeStrays(path string) {
	if len(durable.Strays(path)) == 0 {
		return
	}
	lock := LockBeside(path, creating)
	if alone, err := lock.Try(); err != nil || !alone {
		return
	}
	defer lock.Release() //nolint:errcheck // it ends with the process in any case
	dropStrays(path)
}

func dropStrays(path string) {
	for _, stray := range durable.Strays(path) {
		_ = os.Remove(stray) // it is in nobody's way
	}
}

// freshName makes an empty file beside path that only its owner may read.
func freshName(path string) (string, error) {
	fresh, err := durable.Create(path)
	if err != nil {
		return "", err
	}
	return fresh.Name(), fresh.Close()
}

// removeWith removes a file and the files of SQLite beside it.
func removeWith(path string) {
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(path + ending)
	}
}

// fillFile turns an empty file, or a copy of an older file, into a state file with the
// present schema. It writes no log, which would need the room twice.
func fillFile(ctx context.Context, path string, o Options) error {
	fresh, err := sql.Open("sqlite", dsn(path, buildPragmas()))
	if err != nil {
		return err
	}
	fresh.SetMaxOpenConns(1)
	err = newSite(path, o).migrateSchema(ctx, fresh)
	if err == nil {
		_, err = quickCheck(ctx, fresh, time.Minute)
	}
	if err == nil {
		_, err = fresh.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	}
	if err = errors.Join(err, fresh.Close()); err != nil {
		return err
	}
	if disk.SizeOf(path+"-wal") > 0 {
		return errors.New("SQLite left a log beside the new file")
	}
	return countAtRandom(path)
}
