package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// existingFile returns the absolute path of a state file that may be opened, and how it can
// be read.
func existingFile(ctx context.Context, path string, of schema.Schema) (string, sight, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		err = knowFoundIn() // before any connection is opened
	}
	if err != nil {
		return "", shared, diagnosis.Unusable(path, err)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", shared, leftAlone(path)
	case err != nil:
		return "", shared, diagnosis.Unusable(path, err)
	case !info.Mode().IsRegular():
		return "", shared, &engine.UnusableError{Path: path, Why: "it is not a regular file",
			Next: connector.Advice("name another file with --state FILE")}
	case info.Size() == 0:
		return "", shared, &engine.UnusableError{Path: path, Why: "it is empty", Next: diagnosis.NameOther()}
	}
	if err := refuseForeignLog(ctx, path); err != nil {
		return "", shared, err
	}
	how, err := inspectFile(ctx, of, path)
	return path, how, err
}

// leftAlone is the error of a file that does not exist. If its log exists the file was
// moved or deleted, and starting over silently would lose it.
func leftAlone(path string) error {
	if disk.SizeOf(path+"-wal") == 0 {
		return connector.ErrNoState
	}
	return &engine.UnusableError{Path: path, Why: "it is gone, but its log is still there: it was moved or deleted",
		Next: diagnosis.RestoreCommand("FILE").After("put it back, or restore a backup: ")}
}

// inspectFile reads the file through a connection that changes nothing: opening it with WAL
// would convert another program's database. It must not be read by other means, because
// closing another descriptor drops SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).
func inspectFile(ctx context.Context, of schema.Schema, path string) (sight, error) {
	err := inspectBy(ctx, of, path, shared)
	if err == nil || !keepsNoIndex(path, err) {
		return shared, err
	}
	how := unchanging
	if disk.SizeOf(path+"-wal") > 0 {
		how = unshared
	}
	if otherwise := inspectBy(ctx, of, path, how); otherwise != nil {
		return shared, err // the first error is the one to report
	}
	return how, nil
}

// keepsNoIndex reports whether SQLite failed because it cannot write beside the file. Then
// nobody else writes either, because a writer would have made the index.
func keepsNoIndex(path string, err error) bool {
	var failure *modernc.Error
	if !errors.As(err, &failure) || disk.FilesRunOut() || disk.SizeOf(path+"-journal") > 0 {
		return false
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
		return disk.MayWrite(filepath.Dir(path)) != nil && disk.MayRead(path) == nil
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL:
		room, known := disk.RoomAt(filepath.Dir(path))
		return known && room < disk.LeastRoom && disk.SizeOf(path+"-shm") < disk.LeastRoom/2
	}
	return false
}

func inspectBy(ctx context.Context, of schema.Schema, path string, how sight) error {
	look, err := sql.Open("sqlite", dsn(path, lookPragmas(how)))
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	defer look.Close()
	return of.RecogniseFile(ctx, look, path)
}
