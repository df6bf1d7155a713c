package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// steps are those of a schema that only tests have.
var steps = []schema.Step{
	{Name: "0001_notes.sql", SQL: `CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL, name TEXT NOT NULL, size INTEGER, text TEXT,
		UNIQUE (owner, name)) STRICT; CREATE TABLE owners (id INTEGER PRIMARY KEY) STRICT;`},
	{Name: "0002_seen.sql", SQL: `CREATE TABLE seen (name TEXT NOT NULL) STRICT;
		CREATE TRIGGER notes_inserted AFTER INSERT ON notes BEGIN INSERT INTO seen VALUES (new.name); END;`},
}

// options are those of files of the tests' schema. What it comes to is found out anew by
// each that opens one.
var options = Options{Schema: schema.Schema{ID: 0x74657374, Oldest: 1, Steps: steps}}

// created is a new file that is open.
func created(t testing.TB, path string, o Options) *File {
	t.Helper()
	f, err := Create(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func newPath(t testing.TB) string { return filepath.Join(t.TempDir(), "state.db") }

// stateFile is a new file, and a connection to it that leaves its log.
func stateFile(t *testing.T) (string, *sql.DB) {
	t.Helper()
	path := newPath(t)
	if err := created(t, path, options).Close(); err != nil {
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

const addNote = "INSERT INTO notes (owner, name, text) SELECT 1, 'n' || count(*), printf('%20000d', 1) FROM notes"

func content(t *testing.T, path string) string {
	t.Helper()
	found, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(found)
}

// A file is made, written, read and found again as it was left.
func TestAFileIsMadeWrittenAndRead(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "new", "state.db")
	if _, err := Open(ctx, path, options); !errors.Is(err, connector.ErrNoState) {
		t.Fatal(err)
	}
	f := created(t, path, options)
	if err := f.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, addNote)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	undone := errors.New("undone")
	if err := f.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, addNote)
		return errors.Join(err, undone)
	}); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	look, err := OpenReadOnly(ctx, path, options)
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	var n int
	if err := look.Read().QueryRowContext(ctx, "SELECT count(*) FROM notes").Scan(&n); err != nil || n != 1 {
		t.Errorf("%d notes, %v", n, err)
	}
	if err := look.Update(ctx, func(*sql.Tx) error { return nil }); !errors.Is(err, connector.ErrReadOnly) {
		t.Errorf("who only looks writes: %v", err)
	}
	if facts, err := look.Facts(ctx); err != nil || facts.Schema != len(steps) || facts.Bytes == 0 || facts.LogBytes == 0 {
		t.Errorf("%+v, %v", facts, err)
	}
	if all, err := look.FindDamage(ctx, time.Minute); !all || err != nil {
		t.Errorf("looked at all: %t, %v", all, err)
	}
}

// What the steps come to is known without making it, and read back as it is written.
func TestBuiltIsWhatTheStepsMake(t *testing.T) {
	made, err := options.Schema.BuildText(t.Context())
	if err != nil || !strings.Contains(made, "-- trigger notes_inserted notes\n") {
		t.Fatal(made, err)
	}
	built := options
	built.Schema.Built = made
	path := newPath(t)
	created(t, path, built).Close()
	for _, o := range []Options{built, options} {
		f, err := OpenReadOnly(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

// A file of fewer steps is brought up to date by who writes, and one of more is refused.
func TestStepsAreApplied(t *testing.T) {
	older := options
	older.Schema.Steps = steps[:1]
	path := newPath(t)
	created(t, path, older).Close()
	look, err := OpenReadOnly(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	err = diagnosis.Unusable(path, look.Read().QueryRowContext(t.Context(), "SELECT count(*) FROM seen").Scan(new(int)))
	look.Close()
	if old := (*engine.UnusableError)(nil); !errors.As(err, &old) || !old.Old {
		t.Errorf("what a later step makes is missed: %v", err)
	}
	created(t, path, options).Close()
	for name, open := range map[string]func(context.Context, string, Options) (*File, error){"to write": Open, "to look": OpenReadOnly, "to make": Create} {
		var newer *engine.UnusableError
		if _, err := open(t.Context(), path, older); !errors.As(err, &newer) || !strings.Contains(newer.Why, "newer") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Without FULL the power may take away what was told to be done.
func TestCommitsAreOnTheDisk(t *testing.T) {
	f := created(t, newPath(t), options)
	for name, query := range map[string]func(*int) error{
		"write":  func(n *int) error { return f.write.QueryRow("PRAGMA synchronous").Scan(n) },
		"import": func(n *int) error { return f.apply.QueryRow("PRAGMA synchronous").Scan(n) },
	} {
		const full = 2
		var synchronous int
		if err := query(&synchronous); err != nil || synchronous != full {
			t.Errorf("%s: synchronous is %d, %v", name, synchronous, err)
		}
	}
}

// Who opens a file that others may read or write takes that away.
func TestAStateFileIsKeptPrivate(t *testing.T) {
	for _, mode := range []os.FileMode{0o640, 0o660, 0o604, 0o610, 0o644} {
		path := newPath(t)
		created(t, path, options).Close()
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		f, err := Open(t.Context(), path, options)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%o: it is %v now, %v", mode, info.Mode(), err)
		}
	}
}
