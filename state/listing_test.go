package state

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

func (b *bench) sums(t *importer.Table, filter importer.ListFilter) importer.Sums {
	b.t.Helper()
	filter.Store = "main"
	sums, err := b.db.SumRows(b.t.Context(), t, filter)
	if err != nil {
		b.t.Fatal(err)
	}
	return sums
}

// Sums are of all rows that match, whatever the limit, and of tracked levels only.
func TestSumsAreOfAllThatMatch(t *testing.T) {
	b := newBench(t, statetest.Stocked(3, 2))
	b.Run()
	b.exec("UPDATE stock SET available = 10, tracked = 1")
	b.exec("UPDATE stock SET tracked = 0, available = 500 WHERE warehouse_external_id = ? AND inventory_item_id = (SELECT min(inventory_item_id) FROM stock)", locationOne)
	b.exec("UPDATE products SET missing_since = '2026-11-20T00:00:00Z' WHERE id IN (SELECT id FROM products LIMIT 2)")
	levels, products := b.sums(importer.Stock, importer.ListFilter{}).Rows, b.sums(importer.Products, importer.ListFilter{}).Rows
	at := locationOne
	for name, test := range map[string]struct {
		got, want importer.Sums
	}{
		"all levels":       {b.sums(importer.Stock, importer.ListFilter{Limit: 1}), importer.Sums{Rows: levels, Untracked: 1, Units: int64(levels-1) * 10}},
		"of one warehouse": {b.sums(importer.Stock, importer.ListFilter{At: &importer.Place{Location: at}}), importer.Sums{Rows: levels / 2, Untracked: 1, Units: int64(levels/2-1) * 10}},
		"found by name":    {b.sums(importer.Stock, importer.ListFilter{Search: "STORE ROOM 1"}), importer.Sums{Rows: levels / 2, Untracked: 1, Units: int64(levels/2-1) * 10}},
		"missing":          {b.sums(importer.Products, importer.ListFilter{Limit: 1}), importer.Sums{Rows: products, Missing: 2}},
		"found nowhere":    {b.sums(importer.Products, importer.ListFilter{Search: "no such thing"}), importer.Sums{}},
	} {
		if test.got != test.want {
			t.Errorf("%s: %+v, want %+v", name, test.got, test.want)
		}
	}
}

// Others may write any number into the rows.
func TestSumsOfAbsurdNumbersAreNoError(t *testing.T) {
	b := newBench(t, statetest.Stocked(3, 2))
	b.Run()
	b.exec("UPDATE stock SET available = 9223372036854775807, tracked = 1")
	if sums := b.sums(importer.Stock, importer.ListFilter{}); sums.Units <= 0 {
		t.Errorf("%+v", sums)
	}
	if _, err := b.db.StockByPlace(t.Context(), "main"); err != nil {
		t.Error(err)
	}
}

// A search looks in what JSON means, and takes no letter for a wildcard.
func TestSearchLooksInTexts(t *testing.T) {
	b := newBench(t, statetest.Stocked(3, 1))
	b.Run()
	b.exec(`UPDATE products SET tags = '["Caf\u00e9 \"rouge\"","100%"]' WHERE id = 1`)
	b.exec("UPDATE products SET title = 'a_b' WHERE id = (SELECT max(id) FROM products)")
	for search, want := range map[string]int{"CAFÉ \"": 1, "cafe\u0301": 1, `u00e9`: 0, "100%": 1, "0%": 1, "%": 1, "A_B": 1, "acb": 0, `","`: 0} {
		if sums := b.sums(importer.Products, importer.ListFilter{Search: search}); sums.Rows != want {
			t.Errorf("%q: %d rows, want %d", search, sums.Rows, want)
		}
	}
}

func TestWarehouseNamed(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 2))
	b.Run()
	b.exec("INSERT INTO warehouses (id, store, name) VALUES (70, 'main', '1'), (71, 'main', ' twin '), (72, 'main', 'twin'), (73, 'other', 'far')")
	for named, want := range map[string]string{
		"1": "1", "70": "70", locationOne: "2", "Store room 1": "2", " Store room 1 ": "2",
		"store room 1": "", "far": "", "73": "", "": "", "twin": "", "71": "71",
	} {
		found, err := b.db.WarehouseNamed(t.Context(), "main", named)
		if found.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q is warehouse %q (%v), want %q", named, found.ID, err, want)
		}
	}
	if at, err := b.db.HoldsStockAt(t.Context(), "main", locationOne); err != nil || !at {
		t.Errorf("%v %v", at, err)
	}
}
