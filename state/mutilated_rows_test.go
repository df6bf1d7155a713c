package state

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/statetest"
)

// A row that lost the key by which an import finds it is named. An import that made
// another in its place would double it, and a comparison would blame itself.
func TestRowsThatLostTheirKeyAreNamed(t *testing.T) {
	for _, c := range []struct {
		table  *importer.Table
		column string
	}{
		{importer.Categories, "external_id"}, {importer.Products, "external_id"}, {importer.Variants, "external_id"},
		{importer.Media, "product_external_id"},
	} {
		t.Run(c.table.Name+"."+c.column, func(t *testing.T) {
			b := newBench(t, statetest.Stocked(3, 4))
			b.Run()
			had := len(b.Rows(c.table))
			b.loosely(fmt.Sprintf(`PRAGMA writable_schema = 1; CREATE TEMP TABLE was AS SELECT sql FROM sqlite_schema WHERE name = '%[1]s';
				UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = '%[1]s'; PRAGMA writable_schema = RESET;
				UPDATE %[1]s SET %[2]s = NULL; PRAGMA writable_schema = 1;
				UPDATE sqlite_schema SET sql = (SELECT sql FROM was) WHERE name = '%[1]s'; PRAGMA writable_schema = RESET`, c.table.Name, c.column))
			_, _, err := b.Preview(importer.Choices{})
			wantNamed(t, err, c.table.Name+", row", "it has no "+c.column)
			for _, err = range b.catalog().Rows(t.Context(), c.table) { // as a comparison reads them
			}
			wantNamed(t, err, c.table.Name+", row", "it has no "+c.column)
			if n := b.count("SELECT count(*) FROM " + c.table.Name); n != had {
				t.Errorf("%d rows, of %d", n, had)
			}
		})
	}
}

// wantNamed makes sure that an error says these words, and what to do.
func wantNamed(t *testing.T, err error, words ...string) {
	t.Helper()
	var found *UnusableError
	if !errors.As(err, &found) || len(found.Next) == 0 {
		t.Fatal("it says", err)
	}
	for _, word := range words {
		if !strings.Contains(found.Why, word) {
			t.Errorf("%q does not say %q", found.Why, word)
		}
	}
}

// What stands on one line of an answer is refused where it is huge, and not repeated.
func TestHugeTextsAreRefusedWhereTheyAreRead(t *testing.T) {
	connectors := func(b *bench) error { _, err := b.db.Connectors(t.Context()); return err }
	runs := func(b *bench) error { _, err := b.db.Runs(t.Context(), importer.RunFilter{}); return err }
	for column, read := range map[string]func(*bench) error{
		"accounts.currency": connectors, "accounts.name": connectors, "connectors.domain": connectors, "connectors.trouble": connectors, "connectors.api_version": connectors,
		"runs.reader": runs, "runs.domain": runs, "runs.started_by": runs,
		"freshness.resource": func(b *bench) error { _, err := b.db.Freshness(t.Context(), b.Link); return err },
		"edits.resource":     func(b *bench) error { _, err := b.db.CountEdited(t.Context(), b.Link); return err },
	} {
		t.Run(column, func(t *testing.T) {
			b := newBench(t, statetest.Stocked(3, 2))
			b.Run()
			b.exec("UPDATE products SET title = 'Mine'")
			if err := read(b); err != nil {
				t.Fatal(err)
			}
			table, name, _ := strings.Cut(column, ".")
			b.loosely(fmt.Sprintf("UPDATE OR IGNORE %s SET %s = replace(hex(zeroblob(50000)), '0', 'x')", table, name))
			err := read(b)
			wantNamed(t, err, name, "a text of 100000 bytes")
			if len(err.Error()) > 1000 {
				t.Errorf("it says %d bytes", len(err.Error()))
			}
		})
	}
}

// A connector is in one of three states, and nothing else is shown as one.
func TestStatesThatNobodyKnowsAreRefused(t *testing.T) {
	for _, state := range []string{"", "LIVE", "\x1b[31m", "\u009b"} {
		b := newBench(t, statetest.Stocked(3, 2))
		b.loosely("PRAGMA ignore_check_constraints = 1; UPDATE connectors SET state = '" + state + "'")
		_, err := b.db.Connectors(t.Context())
		wantNamed(t, err, "the connector of store", fmt.Sprintf("the state %q", state))
	}
}

// What no store may be named is refused where it is read: names are shown, and typed.
func TestNamesThatNoStoreHasAreRefused(t *testing.T) {
	for _, name := range []string{"''", "CAST(x'00ff27c3' AS TEXT)", "'Main'", "'-x'", "'a b'", "char(27) || '[31m'"} {
		b := newBench(t, statetest.Stocked(3, 2))
		b.loosely("UPDATE connectors SET store = " + name)
		_, err := b.db.Connectors(t.Context())
		wantNamed(t, err, "the connector of store", "no store may be named so")
	}
}

// What is noted of a chunk is refused where it is huge.
func TestHugeDigestsAreDamage(t *testing.T) {
	for _, column := range []string{"chunks.base", "snapshot_chunks.digest"} {
		b := newBench(t, statetest.Stocked(3, 2))
		b.Run()
		table, name, _ := strings.Cut(column, ".")
		if b.loosely(fmt.Sprintf("UPDATE OR IGNORE %s SET %s = zeroblob(100000)", table, name)); table == "snapshot_chunks" {
			b.loosely("UPDATE OR IGNORE chunks SET digest = zeroblob(100000)")
		}
		snapshot, err := b.db.LastSnapshot(t.Context(), linked)
		if err != nil {
			t.Fatal(err)
		}
		for _, err = range snapshot.Chunks(importer.Products) {
		}
		if !errors.Is(err, chunks.ErrDamaged) || !strings.Contains(err.Error(), "digest") {
			t.Errorf("%s: %.300v", column, err)
		}
	}
}
