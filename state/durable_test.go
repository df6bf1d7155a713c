package state

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// There are no files of a schema below the oldest step. One that says that it is of such a
// schema is refused, and stays as it is.
func TestAFileOfASchemaThatNeverWasIsRefused(t *testing.T) {
	b := newBench(t, statetest.NewShelf(1))
	b.loosely("PRAGMA user_version = " + strconv.Itoa(oldestSchema-1))
	b.db.Close()
	content := dumped(t, b.db.Path())
	for name, open := range map[string]func() (*DB, error){
		"to write": func() (*DB, error) { return Open(t.Context(), b.db.Path()) },
		"to look":  func() (*DB, error) { return OpenReadOnly(t.Context(), b.db.Path()) },
	} {
		db, err := open()
		var unusable *UnusableError
		if !errors.As(err, &unusable) || !strings.Contains(unusable.Why, "no files of a schema below 17") || len(unusable.Next) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			db.Close()
		}
	}
	if dumped(t, b.db.Path()) != content {
		t.Error("the file was changed")
	}
}

// What a newer program wrote means what only that one knows.
func TestANewerFileIsLeftAlone(t *testing.T) {
	b := newBench(t, statetest.NewShelf(1))
	newer := ownSchema().Newest() + 1
	b.loosely("PRAGMA user_version = " + strconv.Itoa(newer))
	b.db.Close()
	for name, open := range map[string]func() (*DB, error){
		"to write": func() (*DB, error) { return Open(t.Context(), b.db.Path()) },
		"to look":  func() (*DB, error) { return OpenReadOnly(t.Context(), b.db.Path()) },
	} {
		db, err := open()
		if unusable := (*UnusableError)(nil); !errors.As(err, &unusable) || !strings.Contains(unusable.Why, "newer") {
			t.Errorf("%s: %v", name, err)
		}
		if db != nil && err == nil {
			db.Close()
		}
	}
}

// Since when a record is missing is the run in which it went, whatever comes later.
func TestMissingSinceStays(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 3))
	b.Run()
	gone := "gid://shopify/Product/2"
	b.Shop.DropProduct(gone)
	b.Run()
	since := func() (text string) {
		if err := b.db.place.Read().QueryRow("SELECT missing_since FROM products WHERE external_id = ?", gone).Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	first := since()
	b.Later(time.Hour)
	b.Run()
	if _, plan, err := b.Preview(importer.Choices{ArchiveMissing: true}); err != nil {
		t.Fatal(err)
	} else if run, err := b.Apply(plan); err != nil || run.Counts.Of(importer.Products).Archived != 1 {
		t.Fatalf("%+v, %v", run.Counts.Of(importer.Products), err)
	}
	if now := since(); now != first {
		t.Errorf("missing since %s, and now since %s", first, now)
	}
}

// Rows that another shop left count as well: they are in the way of nothing else.
func TestRowsOfAllAccountsAreCounted(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 3))
	b.Run()
	b.exec("INSERT INTO accounts (store, provider, external_id, domain, name, currency, linked_at) VALUES ('main', 'shopify', 'gid://shopify/Shop/2', 'new.myshopify.com', 'New', 'EUR', '2026-11-24')")
	b.Link.AccountID = "gid://shopify/Shop/2"
	for table, want := range map[*importer.Table]int{importer.Products: 3, importer.Stock: 12} {
		if n, err := b.catalog().CountRows(t.Context(), table); err != nil || n != want {
			t.Errorf("%d of %s, want %d: %v", n, table.Name, want, err)
		}
		if empty, err := b.catalog().IsTableEmpty(t.Context(), table); err != nil || !empty {
			t.Errorf("%s holds rows of this account: %v", table.Name, err)
		}
	}
}

// A copy in which rows belong to nothing is not kept.
func TestBackupOfBrokenReferences(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 3))
	b.Run()
	b.loosely("DELETE FROM accounts")
	path := filepath.Join(t.TempDir(), "copy.db")
	if _, err := b.db.Backup(t.Context(), path); !isFault(err, connector.StateUnusable, "belong to nothing") {
		t.Errorf("%v", err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("there is a copy")
	}
}

// What a run had read when it was cut off is taken up, unless a newer run has read.
func TestALeftoverIsTheNewestRead(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 3))
	read := func() string {
		run, err := b.db.BeginRun(t.Context(), importer.NewRun(importer.KindPreview, b.Link, b.db.place.Now()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Previewer(b.catalog()).Stager.Read(t.Context(), &run, b.Link, connector.Resources()); err != nil {
			t.Fatal(err)
		}
		return run.ID
	}
	leftover := func() string {
		snapshot, err := b.db.Leftover(t.Context(), linked)
		if errors.Is(err, importer.ErrNotKept) {
			return ""
		}
		if err != nil {
			t.Fatal(err)
		}
		return snapshot.Info().Run
	}
	first := read()
	b.exec("UPDATE runs SET status = 'interrupted' WHERE id = '" + first + "'")
	if left := leftover(); left != first {
		t.Errorf("after one: %q", left)
	}
	second := read()
	b.exec("UPDATE runs SET status = 'failed' WHERE id = '" + second + "'")
	if left := leftover(); left != "" {
		t.Errorf("beside a newer read: %q", left)
	}
	b.exec("UPDATE runs SET status = 'interrupted' WHERE id = '" + second + "'")
	if left := leftover(); left != second {
		t.Errorf("of two: %q, not %q", left, second)
	}
}
