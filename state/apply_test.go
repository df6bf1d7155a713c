package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/statetest"
)

// An import goes without foreign keys. However it ends, all other writes have them.
func TestForeignKeysHoldForAllButAnImport(t *testing.T) {
	failed := errors.New("it failed")
	for name, end := range map[string]func(stop context.CancelFunc) error{
		"done":      func(context.CancelFunc) error { return nil },
		"failed":    func(context.CancelFunc) error { return failed },
		"cancelled": func(stop context.CancelFunc) error { stop(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, statetest.Stocked(21, 2))
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			err := b.catalog().InTransaction(ctx, func(to importer.CatalogWriter) error {
				if err := to.InsertAll(ctx, importer.Stock, levels(3), "some run"); err != nil {
					return err
				}
				return end(stop)
			})
			if (err == nil) != (name == "done") {
				t.Errorf("it ended with %v", err)
			}
			if n := len(b.Rows(importer.Stock)); (n == 3) != (err == nil) {
				t.Errorf("%d levels", n)
			}
			for _, orphan := range []string{
				"INSERT INTO freshness (account, resource, as_of, imported_at) VALUES (999, 'stock', '', '')",
				"INSERT INTO stock (store, account, inventory_item_id, warehouse_external_id) VALUES ('main', 999, 'item', 'room')",
			} {
				err := b.db.place.Update(t.Context(), func(tx *sql.Tx, _ time.Time) error {
					_, err := tx.ExecContext(t.Context(), orphan)
					return err
				})
				if !diagnosis.IsConstraint(err) {
					t.Errorf("afterwards %s: %v", orphan, err)
				}
			}
		})
	}
}

// What the foreign keys would refuse, an import refuses itself.
func TestAnImportRefersToWhatIsThere(t *testing.T) {
	for name, step := range map[string]func(b *bench, to importer.CatalogWriter) error{
		"an account that is gone": func(b *bench, to importer.CatalogWriter) error {
			return to.InsertAll(b.t.Context(), importer.Stock, levels(3), "some run")
		},
		"a snapshot that never was": func(b *bench, to importer.CatalogWriter) error {
			return to.NoteBrought(b.t.Context(), importer.Stock, "no such run", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, statetest.Stocked(22, 2))
			catalog := b.catalog()
			if name == "an account that is gone" {
				b.loosely("DELETE FROM secrets; DELETE FROM connectors; DELETE FROM accounts")
			}
			err := catalog.InTransaction(t.Context(), func(to importer.CatalogWriter) error { return step(b, to) })
			if unusable := (*UnusableError)(nil); !errors.As(err, &unusable) {
				t.Errorf("it ended with %v", err)
			}
			b.standsWell()
		})
	}
}

// A row that came to belong to no account, because another program wrote it so, is
// not noted as one that was left alone.
func TestARowWithoutItsAccountLeavesNoTrace(t *testing.T) {
	b := newBench(t, statetest.Stocked(23, 3))
	b.Run()
	b.loosely("UPDATE stock SET account = 999 WHERE inventory_item_id LIKE '%/1-0'")
	b.Shop.ID = "gid://shopify/Shop/2"
	b.Connect()
	if run := b.Run(); run.Counts.Of(importer.Stock).Removed != 12 {
		t.Errorf("%+v", run.Counts.Of(importer.Stock))
	}
	b.standsWell()
}

func (b *bench) catalog() importer.Catalog {
	b.t.Helper()
	catalog, err := b.db.Catalog(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	return catalog
}

// loosely writes as another program may, without foreign keys.
func (b *bench) loosely(statement string) {
	b.t.Helper()
	other, err := sql.Open("sqlite", "file:"+b.db.Path())
	if err != nil {
		b.t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(b.t.Context(), statement); err != nil {
		b.t.Fatal(err)
	}
}

// standsWell makes sure that no row refers to what is not there.
func (b *bench) standsWell() {
	b.t.Helper()
	var orphans int
	if err := b.db.place.Read().QueryRowContext(b.t.Context(), "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil || orphans > 0 {
		b.t.Fatal(orphans, "rows without what they refer to", err)
	}
}

// levels are n levels in the order of their keys.
func levels(n int) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for i := range n {
			if !yield(nthLevel(i), nil) {
				return
			}
		}
	}
}

// nthLevel is the level that has that place among them.
func nthLevel(place int) importer.Record {
	i := place + 1_000_000 // as many digits in each id
	record := importer.Record{
		importer.String(fmt.Sprintf("gid://shopify/ProductVariant/%d", i/2)), importer.String(fmt.Sprintf("gid://shopify/InventoryItem/%d", i/2)),
		importer.String(fmt.Sprintf("gid://shopify/Location/%d", i%2)), importer.String(fmt.Sprintf("SKU-%d", i/2)), importer.Flag(true), importer.Flag(i%3 > 0),
		importer.Whole(int64(place)), importer.Whole(int64(i)), importer.None, importer.Whole(-3),
	}
	if place%5 == 0 {
		record[3] = importer.None
	}
	return record
}
