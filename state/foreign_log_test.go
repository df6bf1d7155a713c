package state

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stateFile is a new state file, and a connection to it that leaves its log.
func stateFile(t *testing.T) (string, *sql.DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := Create(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path, openLogging(t, path)
}

func openLogging(t *testing.T, path string) *sql.DB {
	t.Helper()
	file, err := sql.Open("sqlite", dsn(path, writePragmas()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	file.SetMaxOpenConns(1)
	execAll(t, file, "PRAGMA wal_autocheckpoint = 0")
	return file
}

func execAll(t *testing.T, file *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := file.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

const addHolder = "INSERT INTO holders (lock, pid, host, what, since) SELECT 'l' || count(*), 1, printf('%20000d', 1), '', '' FROM holders"

// leave copies a file and the log that lies beside another one to a new place.
func leave(t *testing.T, file, log string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	for from, to := range map[string]string{file: path, log + "-wal": path + "-wal"} {
		content, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(to, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// What a killed process left belongs to its file, at whatever moment it died.
func TestOwnLogBelongs(t *testing.T) {
	for name, work := range map[string]func(t *testing.T, path string, file *sql.DB){
		"one commit": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, addHolder) },
		"a row": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addHolder, "UPDATE holders SET host = host")
		},
		"many": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, addHolder, addHolder, addHolder) },
		"half copied": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addHolder, "PRAGMA wal_checkpoint(PASSIVE)", addHolder)
		},
		"begun anew": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addHolder, "PRAGMA wal_checkpoint(RESTART)", addHolder)
		},
		"a schema": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, "CREATE TABLE more (x)", addHolder) },
		"two writers": func(t *testing.T, path string, file *sql.DB) {
			other := openLogging(t, path)
			execAll(t, file, addHolder)
			execAll(t, other, addHolder, "PRAGMA wal_checkpoint(PASSIVE)")
			execAll(t, file, addHolder)
			execAll(t, other, addHolder)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, file := stateFile(t)
			work(t, path, file)
			left := leave(t, path, path)
			db, err := OpenReadOnly(context.Background(), left)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := quickCheck(context.Background(), db.read, spoilTime); err != nil {
				t.Error(err)
			}
		})
	}
}

// The log of another file is refused, however alike the two are, and both are left as
// they are.
func TestForeignLogIsRefused(t *testing.T) {
	ctx := context.Background()
	for name, other := range map[string]func(t *testing.T, path string, file *sql.DB) string{
		"another new file": func(t *testing.T, _ string, _ *sql.DB) string { other, _ := stateFile(t); return other },
		"a backup": func(t *testing.T, path string, _ *sql.DB) string {
			db, err := OpenReadOnly(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			copied := filepath.Join(t.TempDir(), "backup.db")
			if _, err := db.Backup(ctx, copied); err != nil {
				t.Fatal(err)
			}
			return copied
		},
		"a plain copy of before": func(t *testing.T, path string, file *sql.DB) string {
			copied := filepath.Join(t.TempDir(), "copy.db")
			execAll(t, file, "PRAGMA wal_checkpoint(TRUNCATE)")
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(copied, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // two processes came after it
				db, err := Open(ctx, path)
				if err != nil {
					t.Fatal(err)
				}
				lock := db.StoreLock("main")
				if err := errors.Join(lock.Take(ctx, "a test"), lock.Release(), db.Close()); err != nil {
					t.Fatal(err)
				}
			}
			return copied
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, file := stateFile(t)
			copied := other(t, path, file)
			execAll(t, file, "PRAGMA wal_checkpoint(TRUNCATE)")
			execAll(t, openLogging(t, path), addHolder)
			left := leave(t, copied, path)
			before := read(t, left) + read(t, left+"-wal")
			for _, open := range []func(context.Context, string, ...Option) (*DB, error){Open, OpenReadOnly, Create} {
				_, err := open(ctx, left)
				var unusable *UnusableError
				if !errors.As(err, &unusable) || !strings.Contains(unusable.Why, "belongs to another file") || !strings.HasSuffix(unusable.Next, "eshopctl state restore "+left) {
					t.Errorf("%v", err)
				}
			}
			if read(t, left)+read(t, left+"-wal") != before {
				t.Error("something was written")
			}
		})
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
