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

// makeFile builds the file under another name and links it into place when it is whole,
// checked and on the disk, so that neither a kill nor a full disk ever leaves a
// half-made one.
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

// roomForNew is what a new file takes while it is made and opened for the first time.
const roomForNew = 1 << 20

// withNeed adds to an error of a file that is made how much room it needs, if that was
// missing.
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

// makingAlone takes the lock under which files are made beside the state file. What
// others left there when they died is removed.
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

// removeStrays removes what was left of files that were being made, unless one is
// being made now.
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

// removeWith removes a file and what SQLite may have left beside it.
func removeWith(path string) {
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(path + ending)
	}
}

// fillFile makes an empty file, or a copy of an older one, a state file of today that is
// whole by itself. It is built without a log, which would need the room twice.
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
