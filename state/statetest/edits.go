package statetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// Law 8: three states are told apart.
func TestLocalEdits(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 3))
	b.Run()
	b.Alter(importer.Products, Set(Is("slug", "tea-1"), "title", "mine"))
	preview, plan, err := b.Preview(importer.Choices{KeepLocalEdits: true})
	if err != nil || preview.Counts.Of(importer.Products).Skipped != 1 || preview.Counts.Of(importer.Products).Drifted != 1 {
		t.Fatalf("kept: %+v, %v", preview.Counts.Of(importer.Products), err)
	}
	if _, err := b.Apply(plan); err != nil {
		t.Fatal(err)
	}
	if got := b.Rows(importer.Products)["gid://shopify/Product/1"].Record[1].Text(); got != "mine" {
		t.Errorf("the kept edit is %q", got)
	}
	run := b.Run()
	if c := run.Counts.Of(importer.Products); c.Updated != 1 || c.Drifted != 1 {
		t.Errorf("overwritten: %+v", c)
	}
	if codes := b.Remarks(run.Plan); !slices.Contains(codes, importer.WarnLocalEditOverwritten) {
		t.Errorf("remarks: %v", codes)
	}
}

// Who moved is told by record and field: the store, the shop or both.
func TestWhoMoved(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 3))
	b.Run()
	b.Alter(importer.Products, Set(Is("slug", "tea-1", "tea-2"), "title", "mine"))
	for _, id := range []string{"gid://shopify/Product/0", "gid://shopify/Product/2"} {
		p := b.Shop.Products[id]
		p.Title, p.Vendor = "theirs", "theirs"
		b.Shop.Products[id] = p
	}
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	moved := map[string]importer.Mover{}
	for change, err := range b.Engine.Changes(t.Context(), plan.ID, importer.Products) {
		if err != nil {
			t.Fatal(err)
		}
		moved[change.Key] = change.WhoMoved()
		for _, field := range change.Fields {
			moved[change.Key+" "+importer.Products.Columns[field.Column].Name] = change.WhoMovedField(field)
		}
	}
	if want := map[string]importer.Mover{
		"gid://shopify/Product/0": importer.ByShop, "gid://shopify/Product/0 title": importer.ByShop, "gid://shopify/Product/0 vendor": importer.ByShop,
		"gid://shopify/Product/1": importer.ByStore, "gid://shopify/Product/1 title": importer.ByStore,
		"gid://shopify/Product/2": importer.ByBoth, "gid://shopify/Product/2 title": importer.ByBoth, "gid://shopify/Product/2 vendor": importer.ByShop,
	}; !maps.Equal(moved, want) {
		t.Errorf("%v", moved)
	}
}

// What was imported into a warehouse that was linked by hand is not known; an edit
// of it that is kept must stay one.
func TestAnEditOfALinkedWarehouseIsKeptAgain(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 1))
	b.Put(importer.Warehouses, warehouse("Attic"))
	location := "gid://shopify/Location/0"
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "Attic", location, false); err != nil {
		t.Fatal(err)
	}
	b.Alter(importer.Warehouses, toggleColumn("active"))
	for round := range 3 {
		_, plan, err := b.Preview(importer.Choices{KeepLocalEdits: true})
		if err != nil {
			t.Fatal(err)
		}
		run, err := b.Apply(plan)
		if err != nil {
			t.Fatal(err)
		}
		if c := run.Counts.Of(importer.Warehouses); c.Skipped != 1 || c.Updated != 0 {
			t.Fatalf("round %d: %+v", round, c)
		}
	}
	if name := b.Rows(importer.Warehouses)[location].Record[1].Text(); name != "Attic" {
		t.Errorf("the kept warehouse is called %q", name)
	}
	if run := b.Run(); run.Counts.Of(importer.Warehouses).Updated != 1 {
		t.Errorf("overwritten: %+v", run.Counts.Of(importer.Warehouses))
	}
	if run := b.Run(); run.Counts.RowWrites() != 0 {
		t.Errorf("and then: %+v", run.Counts.Of(importer.Warehouses))
	}
}

// A level that is kept as it was edited here goes nowhere.
func TestAKeptEditIsNotZeroed(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(14, 1))
	b.Run()
	b.Alter(importer.Stock, Set(All, "available", int64(77)))
	for key, level := range b.Shop.Levels {
		level.Available = importer.Units(0)
		b.Shop.Levels[key] = level
	}
	_, kept, err := b.Preview(importer.Choices{KeepLocalEdits: true})
	if err != nil || kept.Counts.Of(importer.Stock).Skipped != len(b.Shop.Levels) || kept.Zeroed != 0 {
		t.Errorf("kept: %+v, %d zeroed, %v", kept.Counts.Of(importer.Stock), kept.Zeroed, err)
	}
	if _, overwritten, err := b.Preview(importer.Choices{}); err != nil || overwritten.Zeroed != len(b.Shop.Levels) {
		t.Errorf("overwritten: %d zeroed, %v", overwritten.Zeroed, err)
	}
}

// TestEveryEditIsSeen: of whatever column of whatever table, it is known as an edit at
// once, found by a reconciliation, told as one by the next import, and overwritten.
func TestEveryEditIsSeen(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 2))
	b.Run()
	tried := 0
	for _, table := range importer.Tables() {
		if len(b.valuesOf(table)) == 0 {
			t.Logf("the shop of this test has no %s", table.Name)
			continue
		}
		for i, column := range table.Columns {
			if slices.Contains(table.Keys, i) || slices.ContainsFunc(table.Parents, func(p importer.Parent) bool { return p.Column == i }) {
				continue
			}
			tried++
			before := fmt.Sprint(b.valuesOf(table))
			b.Alter(table, theFirst(func(row Row) Row { row[column.Name] = otherValue(column, row[column.Name]); return row }))
			what := table.Name + "." + column.Name
			if edited, err := b.Engine.CountEdited(t.Context(), b.Link); err != nil || edited[table.Name] != 1 {
				t.Errorf("an edit of %s: %v, %v", what, edited, err)
			}
			if moved := b.Reconcile().Reconciliation.Moved; moved[importer.ByStore] != 1 {
				t.Errorf("an edit of %s moved %v", what, moved)
			}
			run := b.Run()
			if c := run.Counts.Of(table); c.Updated != 1 || c.Drifted != 1 || run.WarningsBy[importer.WarnLocalEditOverwritten] != 1 {
				t.Errorf("an edit of %s: %+v, %v", what, *c, run.WarningsBy)
			}
			if fmt.Sprint(b.valuesOf(table)) != before {
				t.Errorf("an edit of %s is still there", what)
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d columns", tried)
	}
}

// otherValue is a value that a column of a row does not have.
func otherValue(column importer.Column, value any) any {
	switch {
	case value != nil:
		return nil
	case column.Type == importer.Text:
		return "edited"
	}
	return int64(1)
}

// valuesOf are the records of a table by their keys.
func (b *Bench) valuesOf(t *importer.Table) map[string]importer.Record {
	values := map[string]importer.Record{}
	for key, row := range b.Rows(t) {
		values[key] = row.Record
	}
	return values
}

// TestAnEditAfterThePlanStaysOne: a row that the plan leaves alone and somebody edits before
// the run is known as edited after it.
func TestAnEditAfterThePlanStaysOne(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 3))
	b.Run()
	b.Alter(importer.Products, Set(Is("slug", "tea-0"), "title", "before the plan"))
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	b.Alter(importer.Products, Set(Is("slug", "tea-2"), "title", "after the plan"))
	if _, err := b.Apply(plan); err != nil {
		t.Fatal(err)
	}
	edited, err := b.Engine.CountEdited(t.Context(), b.Link)
	if moved := b.Reconcile().Reconciliation.Moved; err != nil || edited["products"] != 1 || moved[importer.ByStore] != 1 {
		t.Errorf("edited: %v, moved: %v, %v", edited, moved, err)
	}
}
