package state

import (
	"errors"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// What was written is read back before it is committed. Where it is not what the
// shop has, nothing is written, and that is told in these words. The triggers stand
// for a fault of ours.
func TestStockThatIsNotWhatTheShopHasIsRolledBack(t *testing.T) {
	spoil := " BEGIN UPDATE stock SET available = 999 WHERE inventory_item_id = NEW.inventory_item_id AND warehouse_external_id = NEW.warehouse_external_id; END"
	for name, trigger := range map[string]string{
		"a new level":        "CREATE TRIGGER fault AFTER INSERT ON stock WHEN NEW.inventory_item_id LIKE '%/7-%'" + spoil,
		"an updated level":   "CREATE TRIGGER fault AFTER UPDATE ON stock WHEN NEW.available = 55" + spoil,
		"a removed level":    "CREATE TRIGGER fault BEFORE DELETE ON stock BEGIN SELECT RAISE(IGNORE); END",
		"a level taken away": "CREATE TRIGGER fault AFTER UPDATE ON stock WHEN NEW.available = 55 BEGIN DELETE FROM stock WHERE available = 55; END",
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, stocked(15, 3))
			b.run()
			b.shop.addProduct(7)
			changed, gone := 0, 0
			for key, level := range b.shop.levels {
				switch {
				case level.InventoryItemID == "gid://shopify/InventoryItem/0-0" && changed == 0:
					level.Available, changed = importer.Units(55), 1
					b.shop.levels[key] = level
				case level.InventoryItemID == "gid://shopify/InventoryItem/1-0" && gone == 0:
					gone = 1
					delete(b.shop.levels, key)
				}
			}
			_, plan, err := b.preview(importer.Choices{})
			if err != nil || plan.Counts.Stock.Created == 0 || plan.Counts.Stock.Updated == 0 || plan.Counts.Stock.Removed == 0 {
				t.Fatalf("%+v, %v", plan.Counts.Stock, err)
			}
			b.exec(trigger)
			before := b.digest()
			_, err = b.apply(plan)
			var fault *connector.Fault
			if !errors.As(err, &fault) || fault.Code != connector.Internal || !strings.HasPrefix(fault.Message, "reconciliation bug: ") || !strings.Contains(fault.Message, "rolled back") {
				t.Errorf("it says %v", err)
			}
			if b.digest() != before {
				t.Error("it was written")
			}
			b.exec("DROP TRIGGER fault")
			if _, err := b.apply(plan); err != nil {
				t.Errorf("and without the fault: %v", err)
			}
		})
	}
}
