package sqlite

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// Only a file whose content is of no use is to be replaced by a backup. What keeps the
// program from a file that may be good has its own next step.
func TestBackupsAreOnlyForUselessFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	write := func(text string) error {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", dsn(path, lookPragmas(shared)))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(new(int))
	}
	whole, _ := stateFile(t)
	for name, test := range map[string]struct {
		err     error
		why     string
		restore bool
	}{
		"not a database": {write(strings.Repeat("This is a text. ", 100)), "it is not an eshopctl state file", true},
		"cut off":        {write(content(t, whole)[:40000]), "it is damaged", true},
		"a check":        {diagnosis.ErrDamaged, "the file is damaged", true},
		"no room":        {&fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}, "no room is left", false},
		"a quota":        {&fs.PathError{Op: "write", Path: path, Err: syscall.EDQUOT}, "no room is left", false},
		"too large":      {&fs.PathError{Op: "write", Path: path, Err: syscall.EFBIG}, "files may not become as large", false},
		"too many files": {&fs.PathError{Op: "open", Path: path, Err: syscall.EMFILE}, "no more files may be open", false},
		"the system's":   {&fs.PathError{Op: "open", Path: path, Err: syscall.ENFILE}, "no more files may be open", false},
		"something else": {errors.New("something else"), "something else", false},
	} {
		var found *engine.UnusableError
		if err := diagnosis.Unusable(path, test.err); !errors.As(err, &found) || !strings.Contains(found.Why, test.why) || len(found.Next) == 0 || strings.Contains(found.Next.String(), "state restore FILE") != test.restore {
			t.Errorf("%s: %v, next: %q", name, err, found.Next)
		}
	}
}

// Of files that were being made only those of the dead are removed.
func TestStraysOfTheDead(t *testing.T) {
	path, _ := stateFile(t)
	strays := []string{path + ".new-123", path + ".new-123-wal", path + ".new-9-shm", path + ".new-9-journal"}
	others := []string{path + ".kept-20261130-070722", filepath.Join(filepath.Dir(path), "other.db.new-1")}
	make := func() {
		for _, name := range append(strays, others...) {
			if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func(names []string) (n int) {
		for _, name := range names {
			if disk.Exists(name) {
				n++
			}
		}
		return n
	}
	make()
	lock, err := newSite(path, options).makingAlone(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if left(strays) != 0 || left(others) != 2 {
		t.Errorf("%d strays and %d others are left", left(strays), left(others))
	}
	make() // by somebody who is at it now
	db, err := Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	if left(strays) != len(strays) {
		t.Error("what a living process makes was removed")
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(t.Context(), path, options); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if left(strays) != 0 || left(others) != 2 {
		t.Errorf("then %d strays and %d others are left", left(strays), left(others))
	}
}
