package statetest

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

func TestFirstRunImportsEverything(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 30))
	run := b.Run()
	want := map[*importer.Table]int{
		importer.Products: 30, importer.Variants: 60, importer.Media: 30, importer.Categories: 1,
		importer.Memberships: 30, importer.Warehouses: 2, importer.Stock: 120,
	}
	for table, n := range want {
		counts := *run.Counts.Of(table)
		if counts.Read != n || counts.Created != n || !counts.IsBalanced() {
			t.Errorf("%s: %+v, want %d created", table.Name, counts, n)
		}
		if rows := b.Rows(table); len(rows) != n {
			t.Errorf("%s: %d rows, want %d", table.Name, len(rows), n)
		}
	}
	media := b.Rows(importer.Media)[importer.JoinKey("gid://shopify/Product/3", "mgid://shopify/Product/3")]
	if got := media.Record[importer.Media.Column("variant_external_ids")].Strings(); len(got) != 2 {
		t.Errorf("media is linked to %v, want both variants", got)
	}
	level := b.Rows(importer.Stock)[importer.JoinKey("gid://shopify/InventoryItem/3-1", "gid://shopify/Location/0")]
	if got := level.Record[0].Text(); got != "gid://shopify/ProductVariant/3-1" {
		t.Errorf("level belongs to %q", got)
	}
}

// Law 4: the second run of an unchanged shop writes nothing.
func TestRerunConverges(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(2, 25))
	b.Run()
	again := b.Run()
	for _, table := range importer.Tables() {
		if counts := *again.Counts.Of(table); counts != (importer.Counts{Read: counts.Read, Unchanged: counts.Read}) {
			t.Errorf("%s: %+v, want everything unchanged", table.Name, counts)
		}
	}
}

// Equal meaning in another spelling is no change.
func TestSpellingIsNoChange(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(3, 2))
	b.Run()
	id := "gid://shopify/Product/0"
	p := b.Shop.Products[id]
	p.Tags = []string{"a", "b"}
	b.Shop.Products[id] = p
	v := b.Shop.Variants["gid://shopify/ProductVariant/0-0"]
	v.Price = "10.0"
	b.Shop.Variants[v.ID] = v
	if run := b.Run(); run.Counts.RowWrites() != 0 {
		t.Errorf("%d writes for another spelling", run.Counts.RowWrites())
	}
}

func TestChangesAreFoundByField(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(4, 3))
	b.Run()
	v := b.Shop.Variants["gid://shopify/ProductVariant/1-0"]
	v.Price = "12.50"
	b.Shop.Variants[v.ID] = v
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	var changes []importer.Change
	for change, err := range b.Engine.Changes(t.Context(), plan.ID, importer.Variants) {
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, change)
	}
	if len(changes) != 1 || len(changes[0].Fields) != 1 {
		t.Fatalf("changes: %+v", changes)
	}
	field := changes[0].Fields[0]
	if importer.Variants.Columns[field.Column].Name != "price" || field.Old.Text() != "10.00" || field.New.Text() != "12.50" {
		t.Errorf("field: %+v", field)
	}
	if rows := b.Rows(importer.Variants); rows[v.ID].Record[importer.Variants.Column("price")].Text() != "10.00" {
		t.Error("the preview wrote the catalogue")
	}
}

// TestAChangedShopConverges: after a run of whatever changed the next one writes nothing,
// and what has the same external id is the same row, whatever it is called by now.
func TestAChangedShopConverges(t *testing.T, open Open) {
	b := newChangedBench(t, open)
	before := b.Rows(importer.Products)
	for id, product := range b.Shop.Products {
		product.Title, product.Slug = "Renamed", "renamed"
		b.Shop.Products[id] = product
	}
	sku := "the same for all"
	for id, variant := range b.Shop.Variants {
		variant.SKU = &sku
		b.Shop.Variants[id] = variant
	}
	b.Run()
	now := b.Rows(importer.Products)
	for id, was := range before {
		if row, stays := now[id]; !stays || row.LocalID != was.LocalID {
			t.Errorf("%s was row %s and is %q", id, was.LocalID, row.LocalID)
		}
	}
	if len(now) != 8 {
		t.Errorf("%d products, five of before and three new ones", len(now))
	}
	b.MustRest(t)
}
