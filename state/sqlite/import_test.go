package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/load"
)

// What a loader makes ready at a time: so many rows, of so much text, and so often ahead.
const (
	batchRows    = 256
	batchText    = 64 << 10
	batchesAhead = 7
)

// noteRows are n notes as they are loaded, in the order of their names.
func noteRows(n int, spoil func(i int, row []load.Cell)) load.Rows {
	return load.Rows{Columns: []string{"name", "size", "text"}, Cells: func(yield func([]load.Cell, error) bool) {
		row := make([]load.Cell, 3)
		for i := range n {
			row[0], row[1], row[2] = load.TextCell(fmt.Sprintf("n%05d", i)), load.WholeCell(int64(i-1)), noteText(i)
			if spoil != nil {
				spoil(i, row)
			}
			if !yield(row, nil) {
				return
			}
		}
	}}
}

// noteText is nothing, empty, the same as before, or more than a batch takes.
func noteText(i int) load.Cell {
	switch {
	case i%1000 == 999:
		return load.TextCell(strings.Repeat("y", 2*batchText))
	case i%7 == 0:
		return load.Cell{}
	case i%7 == 1:
		return load.TextCell("")
	}
	return load.TextCell(fmt.Sprint("ü ", i/5))
}

// importing runs work in an import that is committed.
func importing(t *testing.T, f *File, work func(*Import) error) {
	t.Helper()
	i, err := f.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer i.End()
	if err := errors.Join(work(i), i.Commit()); err != nil {
		t.Fatal(err)
	}
}

func insertNotes(t *testing.T, i *Import, owner int64, rows load.Rows) error {
	t.Helper()
	return i.InsertRows(t.Context(), "notes", []load.Constant{{Column: "id"}, {Column: "owner", Value: owner}}, rows, nil)
}

var notesOf = load.Part{Table: "notes", Of: load.Constant{Column: "owner", Value: int64(1)}, Keys: []string{"name"}}

// What was loaded is held, and each other row, value or type is noticed, by both ways to
// look.
func TestWhatIsLoadedIsHeld(t *testing.T) {
	const n = 3*batchRows + 5
	f := created(t, newPath(t), options)
	importing(t, f, func(i *Import) error {
		return errors.Join(insertNotes(t, i, 1, noteRows(n, nil)), insertNotes(t, i, 2, noteRows(4, nil)))
	})
	last := func(change load.Cell, at int) func(int, []load.Cell) {
		return func(i int, row []load.Cell) {
			if i == n-1 {
				row[at] = change
			}
		}
	}
	importing(t, f, func(i *Import) error {
		for what, c := range map[string]struct {
			rows  load.Rows
			holds bool
		}{
			"the same":         {noteRows(n, nil), true},
			"fewer, all there": {noteRows(n-1, nil), true},
			"one more":         {noteRows(n+1, nil), false},
			"another text":     {noteRows(n, last(load.TextCell(fmt.Sprint("ü ", n/5+1)), 2)), false},
			"no text":          {noteRows(n, last(load.Cell{}, 2)), false},
			"an empty text":    {noteRows(n, last(load.TextCell(""), 2)), false},
			"another number":   {noteRows(n, last(load.WholeCell(7), 1)), false},
			"another key":      {noteRows(n, last(load.TextCell("z"), 0)), false},
		} {
			for _, most := range []bool{true, false} {
				holds, all, err := i.HoldsRows(t.Context(), notesOf, c.rows, most)
				if err != nil || holds != c.holds || all != n+4 {
					t.Errorf("%s, most %t: holds %t, %d rows, %v", what, most, holds, all, err)
				}
			}
		}
		holds, _, err := i.HoldsRows(t.Context(), notesOf, noteRows(n, last(load.TextCell(fmt.Sprint(n-2)), 1)), true)
		if holds || err != nil {
			t.Errorf("a number that is a text: %t, %v", holds, err)
		}
		return nil
	})
}

// A text that all rows share is theirs to the last, though the memory of the first batch
// is used again.
func TestATextThatAllShare(t *testing.T) {
	f := created(t, newPath(t), options)
	same := func(i int, row []load.Cell) {
		if row[2] = load.TextCell("the same"); i%batchRows == 0 {
			row[0] = load.TextCell(fmt.Sprintf("n%05d and more", i))
		}
	}
	importing(t, f, func(i *Import) error { return insertNotes(t, i, 1, noteRows(4*batchesAhead*batchRows, same)) })
	var others int
	if err := f.Read().QueryRowContext(t.Context(), "SELECT count(*) FROM notes WHERE text IS NOT 'the same'").Scan(&others); err != nil || others > 0 {
		t.Errorf("%d rows have another text, %v", others, err)
	}
}

// A row that is there already is told from what else may fail, and whoever gives rows
// tells why there are no more.
func TestLoadsThatFail(t *testing.T) {
	f := created(t, newPath(t), options)
	i, err := f.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer i.End()
	broken := errors.New("broken")
	breaking := noteRows(batchRows+3, nil)
	good := breaking.Cells
	breaking.Cells = func(yield func([]load.Cell, error) bool) {
		for row := range good {
			if !yield(row, nil) {
				return
			}
		}
		yield(nil, broken)
	}
	if err := insertNotes(t, i, 1, breaking); !errors.Is(err, broken) || diagnosis.IsConstraint(err) {
		t.Errorf("it says %v", err)
	}
	i.End()
	i, err = f.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer i.End()
	if err := insertNotes(t, i, 1, noteRows(3, nil)); err != nil {
		t.Fatal(err)
	}
	if err := insertNotes(t, i, 1, noteRows(5, func(i int, row []load.Cell) { row[0] = load.TextCell(fmt.Sprint("n0000", 4-i)) })); !diagnosis.IsConstraint(err) {
		t.Errorf("a row of that key is there: %v", err)
	}
}

// Triggers are away while the work is done, and there again behind it; what fails is
// taken back with everything.
func TestTriggersComeBack(t *testing.T) {
	f := created(t, newPath(t), options)
	load := func(i *Import, owner int64) error {
		return i.WithoutTriggers(t.Context(), []string{"notes_inserted"}, func() error { return insertNotes(t, i, owner, noteRows(3, nil)) })
	}
	importing(t, f, func(i *Import) error {
		return errors.Join(load(i, 1), insertNotes(t, i, 2, noteRows(1, nil)))
	})
	i, err := f.BeginImport(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	if err := i.WithoutTriggers(t.Context(), []string{"notes_inserted"}, func() error { return failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	i.End()
	if err := f.WhyUnwritable(t.Context()); err != nil {
		t.Error(err)
	}
	var seen string
	if err := f.Read().QueryRowContext(t.Context(), "SELECT group_concat(name) FROM seen").Scan(&seen); err != nil || seen != "n00000" {
		t.Errorf("seen %q, %v", seen, err)
	}
	var last int
	if err := f.Read().QueryRowContext(t.Context(), "SELECT "+LastIn("notes")).Scan(&last); err != nil || last != 4 {
		t.Errorf("the last of the notes is %d, %v", last, err)
	}
}

// A lock is held by one at a time, and seen by who only looks; its name is found again.
func TestLocks(t *testing.T) {
	path := newPath(t)
	first, second := LockBeside(path, "store-main"), LockBeside(path, "store-main")
	if first.IsHeld() {
		t.Error("nobody took it")
	}
	for _, c := range []struct {
		lock  *Lock
		taken bool
	}{{first, true}, {second, false}} {
		if taken, err := c.lock.Try(); err != nil || taken != c.taken {
			t.Errorf("taken: %t, %v", taken, err)
		}
	}
	if !second.IsHeld() {
		t.Error("the first holds it")
	}
	if err := first.Release(); err != nil || second.IsHeld() {
		t.Error("it was given back", err)
	}
	created(t, path, options)
	if names, err := LocksBeside(path); err != nil || !slices.Equal(names, []string{"store-main"}) {
		t.Errorf("%q, %v", names, err)
	}
}

// A backup is the file of the last commit, and takes the place of another one, which is
// kept beside it.
func TestBackupAndRestore(t *testing.T) {
	ctx := t.Context()
	path := newPath(t)
	f := created(t, path, options)
	importing(t, f, func(i *Import) error { return insertNotes(t, i, 1, noteRows(3, nil)) })
	copied := newPath(t) + ".copy"
	if n, err := f.Backup(ctx, copied); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	importing(t, f, func(i *Import) error { return insertNotes(t, i, 2, noteRows(5, nil)) })
	if _, err := f.Backup(ctx, copied); !isFault(err, connector.Usage) {
		t.Errorf("a file is overwritten: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := PrepareRestore(ctx, path, path+".nowhere", options); !isFault(err, connector.Usage) {
		t.Errorf("a backup that is not there: %v", err)
	}
	r, err := PrepareRestore(ctx, path, copied, options)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := r.PutInPlace(ctx)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[string]int{path: 3, kept: 8} {
		found, err := OpenReadOnly(ctx, place, options)
		if err != nil {
			t.Fatal(place, err)
		}
		var n int
		if err := found.Read().QueryRowContext(ctx, "SELECT count(*) FROM notes").Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d notes, want %d: %v", place, n, want, err)
		}
		found.Close()
	}
}

func isFault(err error, code connector.Code) bool {
	var fault *connector.Fault
	return errors.As(err, &fault) && fault.Code == code
}
