package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// Backup writes a copy of the state file to path, which must not exist, and returns its
// size in bytes. The copy is what readers saw at one moment, whether runs are at work or
// not. Secrets in it stay sealed; the key is not in it. It is checked before it gets its
// name.
func (f *File) Backup(ctx context.Context, path string) (int64, error) {
	path, err := f.backupPath(path)
	if err != nil {
		return 0, err
	}
	fresh, err := freshName(path)
	if err != nil {
		return 0, noBackup(path, err)
	}
	defer removeWith(fresh)
	if err := f.copyInto(ctx, f.sight, fresh); err != nil {
		return 0, noBackup(path, err)
	}
	if err := failpoint.Reach("backup/copied"); err != nil {
		return 0, noBackup(path, err)
	}
	if err := checkCopy(ctx, fresh, f.options.Schema); err != nil {
		return 0, noBackup(path, err)
	}
	if err := failpoint.Reach("backup/checked"); err != nil {
		return 0, noBackup(path, err)
	}
	return putInPlace(fresh, path)
}

// copyInto copies the file into an empty file, which keeps its mode. The connection must
// not be query-only, because VACUUM INTO writes, though not to the state file.
func (s site) copyInto(ctx context.Context, how sight, path string) error {
	pragmas := lookPragmas(how)
	pragmas.Del("_query_only")
	from, err := sql.Open("sqlite", s.dsn(pragmas))
	if err != nil {
		return err
	}
	defer from.Close()
	if _, err = from.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	return countAtRandom(path)
}

// backupPath returns the absolute path of a backup, if it may be written.
func (s site) backupPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", noBackup(path, err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", &connector.Fault{Code: connector.Usage, Message: path + " exists, and nothing is ever overwritten",
			Next: diagnosis.BackingUp.Next().Then(", with the name of a new file")}
	}
	if strings.HasPrefix(path, s.path) {
		return "", &connector.Fault{Code: connector.Usage, Message: "names that begin like the state file's belong to it",
			Next: diagnosis.BackingUp.Next().Then(", with another name")}
	}
	return path, nil
}

func noBackup(path string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var found *engine.UnusableError
	why := diagnosis.InWords(path, err)
	if errors.As(err, &found) {
		why = found.Why
	}
	return &connector.Fault{Code: connector.StateUnusable, Err: err,
		Message: fmt.Sprintf("no backup was kept at %s: %s", path,
			why), Next: diagnosis.BackingUp.Next().Then(", in a folder and on a disk that can be written")}
}

// checkCopy reads every page of a copy that nobody has open.
func checkCopy(ctx context.Context, path string, of schema.Schema) error {
	if _, _, err := existingFile(ctx, path, of); err != nil {
		return err
	}
	// Over a file that may only be read, SQLite does not check constraints.
	look, err := sql.Open("sqlite", dsn(path, readPragmas(true)))
	if err != nil {
		return err
	}
	defer look.Close()
	return checkWhole(ctx, look)
}

// putInPlace gives a finished file its name, unless a file of that name exists, and makes
// sure that it is on the disk.
func putInPlace(fresh, path string) (int64, error) {
	file, err := os.OpenFile(fresh, os.O_RDWR, 0)
	if err != nil {
		return 0, noBackup(path, err)
	}
	info, err := file.Stat()
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return 0, noBackup(path, err)
	}
	if err := durable.LinkTo(path, fresh); err != nil {
		return 0, noBackup(path, err)
	}
	return info.Size(), failpoint.Reach("backup/named")
}
