package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// makeStateFile builds the file under another name and links it into place when it is
// whole, checked and on the disk, so that neither a kill nor a full disk ever leaves a
// half-made one.
func makeStateFile(ctx context.Context, path string, options []Option) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return unusable(path, err)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return withNeed(unusable(path, err), roomForNew)
	}
	lock, err := newDB(path, options).makingAlone(ctx)
	if err != nil {
		return withNeed(unusable(path, err), roomForNew)
	}
	defer lock.Unlock() //nolint:errcheck // it ends with the process in any case
	return withNeed(unusable(path, makeAndLink(ctx, path, options)), roomForNew)
}

func makeAndLink(ctx context.Context, path string, options []Option) error {
	fresh, err := freshName(path)
	if err != nil {
		return err
	}
	defer removeWith(fresh)
	if err := fill(ctx, fresh, options); err != nil {
		return err
	}
	if err := failpoint.Reach("create/made"); err != nil {
		return err
	}
	if err := os.Link(fresh, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return errors.Join(SyncFolder(filepath.Dir(path)), failpoint.Reach("create/linked"))
}

// roomForNew is what a new file takes while it is made and opened for the first time.
const roomForNew = 1 << 20

// withNeed adds to an error of a file that is made how much room it needs, if that was
// missing.
func withNeed(err error, bytes int64) error {
	var unusable *UnusableError
	if !errors.As(err, &unusable) {
		return err
	}
	if folder := filepath.Dir(unusable.Path); unusable.Next == makeRoom {
		unusable.Why = fmt.Sprintf("there is no room for it in %s: a new one needs %s", folder, inUnits(bytes))
		if room, known := roomAt(folder); known {
			unusable.Why += ", and " + inUnits(room) + " are free"
		}
	}
	return err
}

// creating is the name of the lock on making the file.
const creating = "create"

// makingAlone takes the lock under which files are made beside the state file. What
// others left there when they died is removed.
func (db *DB) makingAlone(ctx context.Context) (*flock.Flock, error) {
	lock := makingLock(db.path)
	what := func() string { return "another eshopctl that makes the state file " + db.path }
	err := db.patience.Await(ctx, betweenTries, what, func() (bool, error) { return lock.TryLock() })
	if err != nil {
		return nil, err
	}
	dropStrays(db.path)
	return lock, nil
}

// removeStrays removes what was left of files that were being made, unless one is
// being made now.
func removeStrays(path string) {
	if len(straysOf(path)) == 0 {
		return
	}
	lock := makingLock(path)
	if alone, err := lock.TryLock(); err != nil || !alone {
		return
	}
	defer lock.Unlock() //nolint:errcheck // it ends with the process in any case
	dropStrays(path)
}

func makingLock(path string) *flock.Flock {
	return flock.New(path+"."+creating+".lock", flock.SetPermissions(0o600))
}

func dropStrays(path string) {
	for _, stray := range straysOf(path) {
		_ = os.Remove(stray) // it is in nobody's way
	}
}

// newMark stands in the names of files that are not finished.
const newMark = ".new-"

func straysOf(path string) (strays []string) {
	found, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	for _, entry := range found {
		if strings.HasPrefix(entry.Name(), filepath.Base(path)+newMark) {
			strays = append(strays, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	return strays
}

// freshName makes an empty file beside path that only its owner may read.
func freshName(path string) (string, error) {
	fresh, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+newMark+"*") // mode 0600
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

// fill makes an empty file, or a copy of an older one, a state file of today that is
// whole by itself. It is built without a log, which would need the room twice.
func fill(ctx context.Context, path string, options []Option) error {
	db := newDB(path, options)
	var err error
	if db.write, err = sql.Open("sqlite", dsn(path, buildPragmas())); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	err = db.migrate(ctx)
	if err == nil {
		_, err = quickCheck(ctx, db.write, time.Minute)
	}
	if err == nil {
		_, err = db.write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	}
	if err = errors.Join(err, db.write.Close()); err != nil {
		return err
	}
	if sizeOf(path+"-wal") > 0 {
		return errors.New("SQLite left a log beside the new file")
	}
	return countAtRandom(path)
}

// buildPragmas are those of a file that nobody else knows yet: when something fails
// it is thrown away.
func buildPragmas() url.Values {
	pragmas := writePragmas()
	pragmas.Set("_journal_mode", "MEMORY")
	return pragmas
}
