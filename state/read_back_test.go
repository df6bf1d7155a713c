package state

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/catalog"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/statetest"
	"github.com/eshopos/eshopctl/state/tables"
)

// What was written is read back before it is committed. Where it is not what the
// shop has, nothing is written, and that is told in these words. The triggers stand
// for a fault of ours.
func TestStockThatIsNotWhatTheShopHasIsRolledBack(t *testing.T) {
	const spoil = " BEGIN UPDATE stock SET available = 999 WHERE inventory_item_id = NEW.inventory_item_id AND warehouse_external_id = NEW.warehouse_external_id; END"
	const more = " BEGIN INSERT INTO stock (store, account, inventory_item_id, warehouse_external_id) VALUES (NEW.store, NEW.account, NEW.inventory_item_id, 'nowhere'); END"
	faults := map[string]string{
		"a new level":        "CREATE TRIGGER fault AFTER INSERT ON stock WHEN NEW.inventory_item_id LIKE '%/17-%'" + spoil,
		"an updated level":   "CREATE TRIGGER fault AFTER UPDATE ON stock WHEN NEW.available = 55" + spoil,
		"a removed level":    "CREATE TRIGGER fault BEFORE DELETE ON stock BEGIN SELECT RAISE(IGNORE); END",
		"a level taken away": "CREATE TRIGGER fault AFTER UPDATE ON stock WHEN NEW.available = 55 BEGIN DELETE FROM stock WHERE available = 55; END",
		"a level too many":   "CREATE TRIGGER fault AFTER INSERT ON stock WHEN NEW.inventory_item_id LIKE '%/17-0' AND NEW.warehouse_external_id LIKE '%/0'" + more,
	}
	change := func(b *bench) {
		changed, gone := 0, 0
		for key, level := range b.Shop.Levels {
			switch {
			case level.InventoryItemID == "gid://shopify/InventoryItem/0-0" && changed == 0:
				level.Available, changed = importer.Units(55), 1
				b.Shop.Levels[key] = level
			case level.InventoryItemID == "gid://shopify/InventoryItem/1-0" && gone == 0:
				gone = 1
				delete(b.Shop.Levels, key)
			}
		}
	}
	// Few levels are looked up; most are gone through beside the table.
	for news, last := range map[string]int{"few": 18, "most": 40} {
		for name, trigger := range faults {
			t.Run(news+"/"+name, func(t *testing.T) {
				b := newBench(t, statetest.Stocked(15, 17))
				b.Run()
				for i := 17; i < last; i++ {
					b.Shop.AddProduct(i)
				}
				change(b)
				_, plan, err := b.Preview(importer.Choices{})
				if err != nil || plan.Counts.Of(importer.Stock).Created == 0 || plan.Counts.Of(importer.Stock).Updated == 0 || plan.Counts.Of(importer.Stock).Removed == 0 {
					t.Fatalf("%+v, %v", plan.Counts.Of(importer.Stock), err)
				}
				b.isRolledBack(plan, trigger)
			})
		}
	}
	for _, name := range []string{"a new level", "a level too many"} {
		t.Run("all/"+name, func(t *testing.T) {
			b := newBench(t, statetest.Stocked(15, 40))
			_, plan, err := b.Preview(importer.Choices{})
			if err != nil {
				t.Fatal(err)
			}
			b.isRolledBack(plan, faults[name])
		})
	}
}

func (b *bench) isRolledBack(plan importer.Plan, trigger string) {
	b.t.Helper()
	b.exec(trigger)
	before := b.Digest()
	_, err := b.Apply(plan)
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != connector.Internal || !strings.HasPrefix(fault.Message, "reconciliation bug: ") || !strings.Contains(fault.Message, "rolled back") {
		b.t.Fatal("it says", err)
	}
	if b.Digest() != before {
		b.t.Fatal("it was written")
	}
	b.exec("DROP TRIGGER fault")
	if _, err := b.Apply(plan); err != nil {
		b.t.Fatal("and without the fault:", err)
	}
}

// However levels are found again, each difference in each of them shows.
func TestEachDifferenceIsFound(t *testing.T) {
	const n = 3*batchRows + 7
	first, middle, last := nthLevel(0), nthLevel(2*batchRows), nthLevel(n-1)
	is := func(l importer.Record) string {
		return " WHERE inventory_item_id = '" + l[1].Text() + "' AND warehouse_external_id = '" + l[2].Text() + "' AND account = 1"
	}
	differences := map[string]string{
		"":                 "SELECT 1",
		"all of them":      "DELETE FROM stock WHERE account = 1",
		"a level's key":    "UPDATE stock SET warehouse_external_id = 'gid://shopify/Location/9'" + is(middle),
		"a level's owner":  "UPDATE stock SET account = 7" + is(last),
		"none, but a zero": "UPDATE stock SET committed = 0" + is(middle),
		"a text's end":     "UPDATE stock SET sku = sku || char(0) || 'x'" + is(nthLevel(1)),
		"a text's letter":  "UPDATE stock SET sku = '~' || substr(sku, 2)" + is(nthLevel(1)),
		"a text's type":    "UPDATE stock SET sku = CAST(sku AS BLOB)" + is(nthLevel(1)),
		"a number's type":  "UPDATE stock SET available = 'many'" + is(middle),
		"a flag":           "UPDATE stock SET active = 1 - active" + is(middle),
	}
	for where, l := range map[string]importer.Record{"first": first, "middle": middle, "last": last} {
		differences["the number of the "+where] = "UPDATE stock SET available = available + 1" + is(l)
		differences["the "+where+" one"] = "DELETE FROM stock" + is(l)
	}
	for _, column := range importer.Stock.Columns {
		differences[column.Name] = "UPDATE stock SET " + column.Name + " = 'something else'" + is(middle)
	}
	b := newBench(t, statetest.Stocked(24, 1))
	b.exec("CREATE INDEX theirs ON stock (account, sku, available, variant_external_id, tracked, active, on_hand, committed, incoming)")
	b.exec("ANALYZE")
	b.exec("INSERT INTO sqlite_stat1 VALUES ('stock', 'theirs', '1000 1 1 1 1 1 1 1 1 1')")
	others := "INSERT INTO stock (store, account, " + strings.Join(tables.InSQL(importer.Stock).ColumnNames(), ", ") + ") SELECT store, %d, " + strings.Join(tables.InSQL(importer.Stock).ColumnNames(), ", ") + " FROM stock WHERE account = 1"
	for name, spoil := range differences {
		for _, most := range []bool{false, true} {
			ctx := t.Context()
			undone := errors.New("undone")
			var tx *sqlite.Import
			catalogs := catalog.New(b.db.place, b.db.Workspace, func(ctx context.Context) (_ *sqlite.Import, err error) {
				tx, err = b.db.file.BeginImport(ctx)
				return tx, err
			})
			rows, err := catalogs.Catalog(ctx, b.Link)
			if err != nil {
				t.Fatal(err)
			}
			err = rows.InTransaction(ctx, func(to importer.CatalogWriter) error {
				if err := to.InsertAll(ctx, importer.Stock, levels(n), "some run"); err != nil {
					return err
				}
				for _, statement := range []string{fmt.Sprintf(others, -1), fmt.Sprintf(others, 2), spoil} {
					if _, err := tx.ExecContext(ctx, statement); err != nil {
						return err
					}
				}
				holds, rows, err := to.HoldsRecords(ctx, importer.Stock, levels(n), most)
				if err == nil && holds != (name == "") {
					t.Errorf("%q, looked up %t: it holds %t", name, !most, holds)
				}
				if there, countErr := to.CountRows(ctx, importer.Stock); err == nil && (rows != there || countErr != nil) {
					t.Errorf("%q, looked up %t: it counts %d rows of %d, %v", name, !most, rows, there, countErr)
				}
				return cmp.Or(err, undone)
			})
			if !errors.Is(err, undone) {
				t.Fatalf("%q: %v", name, err)
			}
		}
	}
}
