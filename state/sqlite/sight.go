package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
)

// sight is how a file is looked at. Usually SQLite keeps an index beside it, which it
// cannot make where nothing can be written.
type sight int

const (
	shared     sight = iota // with all who use it, readers and writers
	unchanging              // as the file is, without a log: nobody can write there
	unshared                // with its log, of which it keeps the index in memory
)

// existing returns the absolute path of a state file that may be opened, and how it
// can be looked at.
func existing(ctx context.Context, path string, schema Schema) (string, sight, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		err = knowFoundIn() // before any connection is opened
	}
	if err != nil {
		return "", shared, Unusable(path, err)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", shared, leftAlone(path)
	case err != nil:
		return "", shared, Unusable(path, err)
	case !info.Mode().IsRegular():
		return "", shared, &engine.UnusableError{Path: path, Why: "it is not a regular file", Next: connector.Advice("name another file with --state FILE")}
	case info.Size() == 0:
		return "", shared, &engine.UnusableError{Path: path, Why: "it is empty", Next: nameOther}
	}
	if err := refuseForeignLog(ctx, path); err != nil {
		return "", shared, err
	}
	how, err := schema.inspect(ctx, path)
	return path, how, err
}

// leftAlone is the error of a file that is not there. While its log is, it was there,
// and to begin anew in silence would lose it.
func leftAlone(path string) error {
	if sizeOf(path+"-wal") == 0 {
		return connector.ErrNoState
	}
	return &engine.UnusableError{Path: path, Why: "it is gone, but its log is still there: it was moved or deleted", Next: restoring("FILE").After("put it back, or restore a backup: ")}
}

// inspect looks at the file through a connection that changes nothing: opening
// it with WAL first would convert another program's database. It must not be
// read by other means either, because closing a second descriptor drops
// SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).
func (s Schema) inspect(ctx context.Context, path string) (sight, error) {
	err := s.inspectBy(ctx, path, shared)
	if err == nil || !keepsNoIndex(path, err) {
		return shared, err
	}
	how := unchanging
	if sizeOf(path+"-wal") > 0 {
		how = unshared
	}
	if otherwise := s.inspectBy(ctx, path, how); otherwise != nil {
		return shared, err // as it was to be is what matters
	}
	return how, nil
}

// keepsNoIndex reports whether SQLite failed because it cannot write beside the
// file. Then nobody else does either: whoever writes has made the index already.
func keepsNoIndex(path string, err error) bool {
	var failure *modernc.Error
	if !errors.As(err, &failure) || filesRunOut() || sizeOf(path+"-journal") > 0 {
		return false
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
		return mayWrite(filepath.Dir(path)) != nil && mayRead(path) == nil
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL:
		room, known := roomAt(filepath.Dir(path))
		return known && room < leastRoom && sizeOf(path+"-shm") < leastRoom/2
	}
	return false
}

func (s Schema) inspectBy(ctx context.Context, path string, how sight) error {
	look, err := sql.Open("sqlite", dsn(path, lookPragmas(how)))
	if err != nil {
		return Unusable(path, err)
	}
	defer look.Close()
	var application, version int
	if err := look.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return Unusable(path, err)
	}
	if err := look.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return Unusable(path, err)
	}
	if application != s.ID {
		return &engine.UnusableError{Path: path, Why: "it is not an eshopctl state file", Next: nameOther}
	}
	if version > len(s.Steps) {
		return &engine.UnusableError{Path: path, Why: fmt.Sprintf("it was written by a newer eshopctl (schema %d, this one knows %d)", version, len(s.Steps)),
			Next: connector.Advice("use that eshopctl, or name another file with --state FILE")}
	}
	return nil
}
