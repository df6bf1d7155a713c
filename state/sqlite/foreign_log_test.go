package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/state/engine"
)

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
		"one commit": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, addNote) },
		"a row": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addNote, "UPDATE notes SET text = text")
		},
		"many": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, addNote, addNote, addNote) },
		"half copied": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addNote, "PRAGMA wal_checkpoint(PASSIVE)", addNote)
		},
		"begun anew": func(t *testing.T, _ string, file *sql.DB) {
			execAll(t, file, addNote, "PRAGMA wal_checkpoint(RESTART)", addNote)
		},
		"a schema": func(t *testing.T, _ string, file *sql.DB) { execAll(t, file, "CREATE TABLE more (x)", addNote) },
		"two writers": func(t *testing.T, path string, file *sql.DB) {
			other := openLogging(t, path)
			execAll(t, file, addNote)
			execAll(t, other, addNote, "PRAGMA wal_checkpoint(PASSIVE)")
			execAll(t, file, addNote)
			execAll(t, other, addNote)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, file := stateFile(t)
			work(t, path, file)
			left := leave(t, path, path)
			db, err := OpenReadOnly(context.Background(), left, options)
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
			db, err := OpenReadOnly(ctx, path, options)
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
				db, err := Open(ctx, path, options)
				if err != nil {
					t.Fatal(err)
				}
				err = db.Update(ctx, func(tx *sql.Tx) error {
					_, err := tx.ExecContext(ctx, addNote)
					return err
				})
				if err := errors.Join(err, db.Close()); err != nil {
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
			execAll(t, openLogging(t, path), addNote)
			left := leave(t, copied, path)
			before := content(t, left) + content(t, left+"-wal")
			for _, open := range []func(context.Context, string, Options) (*File, error){Open, OpenReadOnly, Create} {
				_, err := open(ctx, left, options)
				var unusable *engine.UnusableError
				if !errors.As(err, &unusable) || !strings.Contains(unusable.Why, "belongs to another file") || !strings.HasSuffix(unusable.Next.String(), "state restore "+left) {
					t.Errorf("%v", err)
				}
			}
			if content(t, left)+content(t, left+"-wal") != before {
				t.Error("something was written")
			}
		})
	}
}

// What the first pages tell, one by one.
func TestWhichLogsBelong(t *testing.T) {
	head := func(counter, cookie uint32) (h header) {
		binary.BigEndian.PutUint16(h[16:], 4096)
		binary.BigEndian.PutUint32(h[24:], counter)
		binary.BigEndian.PutUint32(h[40:], cookie)
		return h
	}
	for name, c := range map[string]struct {
		log     []header
		file    header
		size    int
		belongs bool
	}{
		"the next change":               {[]header{head(8, 3)}, head(7, 3), 4096, true},
		"the next, of the schema":       {[]header{head(8, 4)}, head(7, 3), 4096, true},
		"the same count once more":      {[]header{head(7, 3)}, head(7, 3), 4096, true},
		"half of it is in the file":     {[]header{head(8, 3), head(9, 3), head(10, 3)}, head(9, 3), 4096, true},
		"no first page":                 {nil, head(7, 3), 4096, true},
		"a change too far":              {[]header{head(9, 3)}, head(7, 3), 4096, false},
		"of before":                     {[]header{head(6, 3)}, head(7, 3), 4096, false},
		"the next, of an older schema":  {[]header{head(8, 2)}, head(7, 3), 4096, false},
		"of pages of another size":      {[]header{head(8, 3)}, head(7, 3), 8192, false},
		"no first page, of other pages": {nil, head(7, 3), 8192, false},
	} {
		if got := mayBelong(logTrace{PageSize: c.size, Commits: 1, Heads: c.log}, c.file); got != c.belongs {
			t.Errorf("%s: belongs is %t", name, got)
		}
	}
}

// A log without a first page tells nothing but what it makes of the file: one that makes
// a sound file a damaged one is another's.
func TestLogsWithoutAFirstPage(t *testing.T) {
	ctx := context.Background()
	path, file := stateFile(t)
	execAll(t, file, "CREATE TABLE more (id INTEGER PRIMARY KEY, n)", "INSERT INTO more VALUES (1, 1000)",
		"PRAGMA wal_checkpoint(TRUNCATE)", "UPDATE more SET n = 2000") // in its place
	if trace, err := traceOf(path + "-wal"); err != nil || trace.Commits == 0 || len(trace.Heads) > 0 {
		t.Fatalf("%v: the log is %+v", err, trace)
	}
	foreign := func(path string) bool {
		db, err := OpenReadOnly(ctx, path, options)
		if err == nil {
			db.Close()
		}
		return err != nil && strings.Contains(err.Error(), "belongs to another file")
	}
	other, larger := stateFile(t)
	execAll(t, larger, addNote, addNote, "PRAGMA wal_checkpoint(TRUNCATE)")
	if left := leave(t, other, path); !foreign(left) {
		t.Error("the log of a smaller file is replayed into a larger one")
	}
	if left := leave(t, path, path); foreign(left) {
		t.Error("a file is refused its own log")
	}
	damaged := leave(t, path, path)
	spoilt := []byte(content(t, damaged))
	size := header([]byte(spoilt[:100])).pageSize()
	copy(spoilt[2*size:], make([]byte, size)) // whatever page that is
	if err := os.WriteFile(damaged, spoilt, 0o600); err != nil {
		t.Fatal(err)
	}
	if foreign(damaged) {
		t.Error("the log is blamed for what was damaged before")
	}
}

// A log without a first page says how many pages its file has. One of a larger file is
// not replayed into a smaller one that it leaves sound: it writes beyond the
// end, or in the middle of a text.
func TestLogsOfLargerFilesWithoutAFirstPage(t *testing.T) {
	ctx := context.Background()
	for name, change := range map[string]string{
		"beyond the end": "UPDATE notes SET text = substr(text, 1, 19999) || 'y' WHERE id = (SELECT max(id) FROM notes)",
		"within it":      "UPDATE notes SET text = substr(text, 1, 19999) || 'y' WHERE id = (SELECT min(id) FROM notes)",
	} {
		path, file := stateFile(t)
		execAll(t, file, addNote, addNote, addNote, "PRAGMA wal_checkpoint(TRUNCATE)", change)
		trace, err := traceOf(path + "-wal")
		if err != nil || trace.Commits == 0 || len(trace.Heads) > 0 {
			t.Fatalf("%s: %v: the log is %+v", name, err, trace)
		}
		smaller, its := stateFile(t)
		execAll(t, its, addNote, "PRAGMA wal_checkpoint(TRUNCATE)")
		for place, foreign := range map[string]bool{smaller: true, path: false} {
			db, err := OpenReadOnly(ctx, leave(t, place, path), options)
			if err == nil {
				db.Close()
			}
			if refused := err != nil && strings.Contains(err.Error(), "belongs to another file"); refused != foreign {
				t.Errorf("%s: refused is %t, want %t: %v", name, refused, foreign, err)
			}
		}
	}
}

// A log whose head is not whole, or that begins anew, is what SQLite takes it for.
func TestOnlyWhatWouldBeReplayedCounts(t *testing.T) {
	path, file := stateFile(t)
	execAll(t, file, addNote, addNote)
	whole, err := traceOf(path + "-wal")
	if err != nil || whole.Commits != 2 || len(whole.Heads) != 2 {
		t.Fatalf("%v: the log is %+v", err, whole)
	}
	log := []byte(content(t, path+"-wal"))
	for name, at := range map[string]int{"the sum of the head": 24, "the salts": 16, "the size of pages": 9, "the mark": 0} {
		broken := filepath.Join(t.TempDir(), "wal")
		spoilt := append([]byte(nil), log...)
		spoilt[at] ^= 0x55
		if err := os.WriteFile(broken, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		if trace, err := traceOf(broken); err != nil || trace.Commits != 0 {
			t.Errorf("with another byte in %s: %v, %d commits", name, err, trace.Commits)
		}
	}
	execAll(t, file, "PRAGMA wal_checkpoint(RESTART)", "UPDATE notes SET text = 'x' WHERE name = 'n0'")
	if anew, err := traceOf(path + "-wal"); err != nil || anew.Commits != 1 || anew.Salts == whole.Salts {
		t.Errorf("begun anew: %v, %d commits", err, anew.Commits)
	}
}

// Two files that are made count from different numbers, and so do a file and its backup.
func TestFilesCountFromNumbersOfTheirOwn(t *testing.T) {
	ctx := context.Background()
	counters := map[uint32]bool{}
	for range 3 {
		path, _ := stateFile(t)
		h, err := headOf(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		counters[h.counter()] = true
	}
	if len(counters) != 3 {
		t.Errorf("three files count from %v", counters)
	}
}
