package state

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

func TestFirstRunImportsEverything(t *testing.T) {
	b := newBench(t, stocked(1, 30))
	run := b.run()
	want := map[*importer.Table]int{
		importer.Products: 30, importer.Variants: 60, importer.Media: 30, importer.Categories: 1,
		importer.Memberships: 30, importer.Warehouses: 2, importer.Stock: 120,
	}
	for table, n := range want {
		counts := *run.Counts.Of(table)
		if counts.Read != n || counts.Created != n || !counts.Balanced() {
			t.Errorf("%s: %+v, want %d created", table.Name, counts, n)
		}
		if rows := b.rows(table); len(rows) != n {
			t.Errorf("%s: %d rows, want %d", table.Name, len(rows), n)
		}
	}
	media := b.rows(importer.Media)[importer.JoinKey("gid://shopify/Product/3", "mgid://shopify/Product/3")]
	if got := media.Record[importer.Media.Column("variant_external_ids")].Strings(); len(got) != 2 {
		t.Errorf("media is linked to %v, want both variants", got)
	}
	level := b.rows(importer.Stock)[importer.JoinKey("gid://shopify/InventoryItem/3-1", "gid://shopify/Location/0")]
	if got := level.Record[0].Text(); got != "gid://shopify/ProductVariant/3-1" {
		t.Errorf("level belongs to %q", got)
	}
}

// Law 4: the second run of an unchanged shop writes nothing.
func TestRerunConverges(t *testing.T) {
	b := newBench(t, stocked(2, 25))
	b.run()
	again := b.run()
	for _, table := range importer.Tables() {
		if counts := *again.Counts.Of(table); counts != (importer.Counts{Read: counts.Read, Unchanged: counts.Read}) {
			t.Errorf("%s: %+v, want everything unchanged", table.Name, counts)
		}
	}
}

// Equal meaning in another spelling is no change.
func TestSpellingIsNoChange(t *testing.T) {
	b := newBench(t, stocked(3, 2))
	b.run()
	id := "gid://shopify/Product/0"
	p := b.shop.products[id]
	p.Tags = []string{"a", "b"}
	b.shop.products[id] = p
	v := b.shop.variants["gid://shopify/ProductVariant/0-0"]
	v.Price = "10.0"
	b.shop.variants[v.ID] = v
	if run := b.run(); run.Counts.Writes() != 0 {
		t.Errorf("%d writes for another spelling", run.Counts.Writes())
	}
}

func TestChangesAreFoundByField(t *testing.T) {
	b := newBench(t, stocked(4, 3))
	b.run()
	v := b.shop.variants["gid://shopify/ProductVariant/1-0"]
	v.Price = "12.50"
	b.shop.variants[v.ID] = v
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	var changes []importer.Change
	for change, err := range b.db.Changes(t.Context(), plan.ID, importer.Variants) {
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
	if rows := b.rows(importer.Variants); rows[v.ID].Record[importer.Variants.Column("price")].Text() != "10.00" {
		t.Error("the preview wrote the catalogue")
	}
}

// Law 3: a plan is applied to what it saw, or refused.
func TestStalePlans(t *testing.T) {
	change := func(b *bench) {
		p := b.shop.products["gid://shopify/Product/0"]
		p.Title = "Other"
		b.shop.products[p.ID] = p
	}
	cases := map[string]struct {
		between func(b *bench)
		stale   bool
	}{
		"nothing":                   {func(*bench) {}, false},
		"another run":               {func(b *bench) { b.run() }, true},
		"the record was edited":     {func(b *bench) { b.exec("UPDATE products SET title = 'x' WHERE slug = 'tea-0'") }, true},
		"another record was edited": {func(b *bench) { b.exec("UPDATE products SET title = 'x' WHERE slug = 'tea-1'") }, false},
		"the record was deleted":    {func(b *bench) { b.exec("DELETE FROM products WHERE slug = 'tea-0'") }, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, stocked(5, 3))
			b.run()
			change(b)
			_, plan, err := b.preview(importer.Choices{})
			if err != nil {
				t.Fatal(err)
			}
			c.between(b)
			before := b.rows(importer.Products)
			_, err = b.apply(plan)
			var fault *connector.Fault
			if stale := errors.As(err, &fault) && fault.Code == connector.StalePlan; stale != c.stale {
				t.Fatalf("stale: %v (%v), want %v", stale, err, c.stale)
			}
			if c.stale && !maps.EqualFunc(before, b.rows(importer.Products), sameRow(importer.Products)) {
				t.Error("a refused plan wrote something")
			}
		})
	}
}

func sameRow(t *importer.Table) func(a, b importer.Row) bool {
	return func(a, b importer.Row) bool { return a.LocalID == b.LocalID && t.Equal(a.Record, b.Record) }
}

// Law 7: records are kept, parts follow the shop.
func TestWhatVanishes(t *testing.T) {
	b := newBench(t, stocked(6, 4))
	b.run()
	gone := "gid://shopify/Product/3"
	delete(b.shop.products, gone)
	delete(b.shop.memberships, gone)
	delete(b.shop.media, "m"+gone)
	for _, v := range b.shop.variantsOf(gone) {
		item := b.shop.variants[v].InventoryItemID
		delete(b.shop.variants, v)
		for w := range b.shop.warehouses {
			delete(b.shop.levels, item+w)
		}
	}
	delete(b.shop.variants, "gid://shopify/ProductVariant/1-1") // a part of a product that stays
	for w := range b.shop.warehouses {
		delete(b.shop.levels, "gid://shopify/InventoryItem/1-1"+w)
	}
	run := b.run()
	if c := run.Counts.Of(importer.Products); c.Missing != 1 || c.Removed != 0 || c.Read != 3 {
		t.Errorf("products: %+v", c)
	}
	if c := run.Counts.Of(importer.Variants); c.Removed != 1 || c.Missing != 0 {
		t.Errorf("variants: %+v", c)
	}
	if c := run.Counts.Of(importer.Stock); c.Removed != 6 {
		t.Errorf("stock: %+v", c)
	}
	if c := run.Counts.Of(importer.Memberships); c.Removed != 1 {
		t.Errorf("memberships: %+v", c)
	}
	row, kept := b.rows(importer.Products)[gone]
	if !kept || !row.Missing {
		t.Errorf("the vanished product: kept %v, missing %v", kept, row.Missing)
	}
	if again := b.run(); again.Counts.Writes() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
	b.shop.addProduct(3)
	if back := b.run(); back.Counts.Of(importer.Products).Updated != 1 || b.rows(importer.Products)[gone].Missing {
		t.Errorf("when it is back: %+v", back.Counts.Of(importer.Products))
	}
	b.run()
	if again := b.run(); again.Counts.Writes() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// Nothing is known about the parts of a product that the shop no longer shows. They
// stay with its row, and go with it where others deleted that.
func TestPartsOfWhatIsGoneFromBothSides(t *testing.T) {
	b := newBench(t, stocked(6, 4))
	b.run()
	gone := "gid://shopify/Product/3"
	b.shop.drop(gone)
	b.run()
	had := len(b.rows(importer.Variants))
	b.loosely("DELETE FROM products WHERE external_id = '" + gone + "'")
	for _, removed := range []int{2, 0} {
		run := b.run()
		if c := run.Counts.Of(importer.Variants); c.Removed != removed || len(b.rows(importer.Variants)) != had-2 {
			t.Errorf("%d of %d variants: %+v", len(b.rows(importer.Variants)), had, c)
		}
		if c := run.Counts.Of(importer.Media); c.Removed != removed/2 {
			t.Errorf("media: %+v", c)
		}
		if found := b.reconcile(); len(found.Reconciliation.Moved) != 0 {
			t.Errorf("reconcile finds %v", found.Reconciliation.Moved)
		}
	}
}

// Without products their variants go, and without variants their stock, whichever of
// them the plan covers; all of it comes back with everything.
func TestAPlanOfPartsTakesAlongWhatHangs(t *testing.T) {
	for _, resources := range [][]connector.Resource{{connector.Stock}, {connector.Categories}, {connector.Warehouses, connector.Stock}} {
		b := newBench(t, stocked(6, 4))
		b.run()
		had := len(b.rows(importer.Stock))
		b.loosely("DELETE FROM products WHERE external_id = 'gid://shopify/Product/3'")
		_, plan, err := b.previewOf(resources, importer.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		run, err := b.apply(plan)
		if err != nil {
			t.Fatalf("%v: %v", resources, err)
		}
		if len(b.rows(importer.Variants)) != 6 || len(b.rows(importer.Stock)) != had*6/8 {
			t.Errorf("%v: %d variants, %d levels of %d, %+v", resources, len(b.rows(importer.Variants)), len(b.rows(importer.Stock)), had, run.Counts)
		}
		if c := run.Counts.Of(importer.Stock); slices.Contains(resources, connector.Stock) && c.Rejected != had*2/8 {
			t.Errorf("%v: stock %+v", resources, c)
		}
		b.run()
		if len(b.rows(importer.Stock)) != had || len(b.reconcile().Reconciliation.Moved) != 0 {
			t.Errorf("%v: %d levels of %d came back", resources, len(b.rows(importer.Stock)), had)
		}
	}
}

// A location that is rejected keeps its stock as it is, also what the shop no longer
// has there.
func TestStockOfARejectedLocationStays(t *testing.T) {
	b := newBench(t, stocked(6, 2))
	b.run()
	b.exec("UPDATE warehouses SET external_id = NULL, account = NULL WHERE external_id = ?", locationZero)
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Store room 0')")
	delete(b.shop.levels, "gid://shopify/InventoryItem/1-0"+locationZero)
	run := b.run()
	if c := run.Counts.Of(importer.Stock); c.Removed != 0 || c.Rejected != 3 || c.Unchanged != 4 || len(b.rows(importer.Stock)) != 8 {
		t.Errorf("%+v, %d levels", c, len(b.rows(importer.Stock)))
	}
}

func TestArchiveMissing(t *testing.T) {
	b := newBench(t, stocked(7, 3))
	b.run()
	p := b.shop.products["gid://shopify/Product/2"]
	delete(b.shop.products, p.ID)
	delete(b.shop.memberships, p.ID)
	delete(b.shop.media, "m"+p.ID)
	for _, v := range b.shop.variantsOf(p.ID) {
		delete(b.shop.variants, v)
		maps.DeleteFunc(b.shop.levels, func(_ string, l importer.Level) bool { return !slices.Contains(b.items(), l.InventoryItemID) })
	}
	for range 2 {
		_, plan, err := b.preview(importer.Choices{ArchiveMissing: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.apply(plan); err != nil {
			t.Fatal(err)
		}
	}
	row := b.rows(importer.Products)[p.ID]
	if got := row.Record[importer.Products.Column("status")].Text(); got != "archived" || !row.Missing {
		t.Errorf("status %q, missing %v", got, row.Missing)
	}
}

func (b *bench) items() (ids []string) {
	for _, v := range b.shop.variants {
		ids = append(ids, v.InventoryItemID)
	}
	return ids
}

// Law 8: three states are told apart.
func TestLocalEdits(t *testing.T) {
	b := newBench(t, stocked(8, 3))
	b.run()
	b.exec("UPDATE products SET title = 'mine' WHERE slug = 'tea-1'")
	preview, plan, err := b.preview(importer.Choices{KeepLocalEdits: true})
	if err != nil || preview.Counts.Of(importer.Products).Skipped != 1 || preview.Counts.Of(importer.Products).Drifted != 1 {
		t.Fatalf("kept: %+v, %v", preview.Counts.Of(importer.Products), err)
	}
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}
	if got := b.rows(importer.Products)["gid://shopify/Product/1"].Record[1].Text(); got != "mine" {
		t.Errorf("the kept edit is %q", got)
	}
	run := b.run()
	if c := run.Counts.Of(importer.Products); c.Updated != 1 || c.Drifted != 1 {
		t.Errorf("overwritten: %+v", c)
	}
	if codes := b.remarks(run.Plan); !slices.Contains(codes, importer.WarnLocalEditOverwritten) {
		t.Errorf("remarks: %v", codes)
	}
}

// Who moved is told by record and field: the store, the shop or both.
func TestWhoMoved(t *testing.T) {
	b := newBench(t, stocked(8, 3))
	b.run()
	b.exec("UPDATE products SET title = 'mine' WHERE slug IN ('tea-1', 'tea-2')")
	for _, id := range []string{"gid://shopify/Product/0", "gid://shopify/Product/2"} {
		p := b.shop.products[id]
		p.Title, p.Vendor = "theirs", "theirs"
		b.shop.products[id] = p
	}
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	moved := map[string]importer.Moved{}
	for change, err := range b.db.Changes(t.Context(), plan.ID, importer.Products) {
		if err != nil {
			t.Fatal(err)
		}
		moved[change.Key] = change.WhoMoved()
		for _, field := range change.Fields {
			moved[change.Key+" "+importer.Products.Columns[field.Column].Name] = change.Moves(field)
		}
	}
	if want := map[string]importer.Moved{
		"gid://shopify/Product/0": importer.ByShop, "gid://shopify/Product/0 title": importer.ByShop, "gid://shopify/Product/0 vendor": importer.ByShop,
		"gid://shopify/Product/1": importer.ByStore, "gid://shopify/Product/1 title": importer.ByStore,
		"gid://shopify/Product/2": importer.ByBoth, "gid://shopify/Product/2 title": importer.ByBoth, "gid://shopify/Product/2 vendor": importer.ByShop,
	}; !maps.Equal(moved, want) {
		t.Errorf("%v", moved)
	}
}

// What was imported into a warehouse that was linked by hand is not known; an edit
// of it that is kept must stay one.
func TestAnEditOfALinkedWarehouseIsKeptAgain(t *testing.T) {
	b := newBench(t, stocked(8, 1))
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Attic')")
	location := "gid://shopify/Location/0"
	if _, err := b.db.LinkWarehouse(t.Context(), b.link, "Attic", location, false); err != nil {
		t.Fatal(err)
	}
	b.exec("UPDATE warehouses SET active = NOT active")
	for round := range 3 {
		_, plan, err := b.preview(importer.Choices{KeepLocalEdits: true})
		if err != nil {
			t.Fatal(err)
		}
		run, err := b.apply(plan)
		if err != nil {
			t.Fatal(err)
		}
		if c := run.Counts.Of(importer.Warehouses); c.Skipped != 1 || c.Updated != 0 {
			t.Fatalf("round %d: %+v", round, c)
		}
	}
	if name := b.rows(importer.Warehouses)[location].Record[1].Text(); name != "Attic" {
		t.Errorf("the kept warehouse is called %q", name)
	}
	if run := b.run(); run.Counts.Of(importer.Warehouses).Updated != 1 {
		t.Errorf("overwritten: %+v", run.Counts.Of(importer.Warehouses))
	}
	if run := b.run(); run.Counts.Writes() != 0 {
		t.Errorf("and then: %+v", run.Counts.Of(importer.Warehouses))
	}
}

// Law 5: a number that the shop no longer gives is not zero, but it is gone as one that
// goes to zero is.
func TestAnUnknownNumberIsNotZero(t *testing.T) {
	b := newBench(t, stocked(9, 1))
	all := func(available importer.Quantity) {
		for key, level := range b.shop.levels {
			level.Available = available
			b.shop.levels[key] = level
		}
	}
	all(importer.Units(4))
	b.run()
	all(importer.Quantity{})
	preview, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if preview.Counts.Of(importer.Stock).Updated != len(b.shop.levels) || plan.Zeroed != len(b.shop.levels) || preview.WarningsBy[importer.WarnStockZeroed] != 0 ||
		preview.WarningsBy[importer.WarnStockUnknown] != len(b.shop.levels) {
		t.Errorf("%d levels with no number any more, %d of them zeroed: %v", preview.Counts.Of(importer.Stock).Updated, plan.Zeroed, preview.WarningsBy)
	}
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}

	clear(b.shop.levels)
	gone := b.run()
	for remark, err := range b.db.Remarks(t.Context(), gone.Plan, importer.WarnStockRemoved) {
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(remark.Message, "it had no number available") {
			t.Errorf("%s: %s", remark.ExternalID, remark.Message)
		}
	}
}

// What the guards hold a plan against includes what another shop left and the
// warehouses that are taken for locations.
func TestNothingIsMoreThanThereWas(t *testing.T) {
	b := newBench(t, stocked(10, 2))
	b.run()
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Attic')")
	b.shop = stocked(11, 1)
	b.shop.id = "gid://shopify/Shop/2"
	attic := importer.Warehouse{ID: "gid://shopify/Location/9", Name: "Attic", Active: true}
	b.shop.warehouses[attic.ID] = attic
	b.connect()
	_, plan, err := b.preview(importer.Choices{})
	if err != nil || plan.Takeover == nil {
		t.Fatalf("%v, %v", plan.Takeover, err)
	}
	for _, table := range importer.Tables() {
		c := plan.Counts.Of(table)
		if touched := c.Updated + c.Missing + c.Removed; touched > plan.Had[table.Name] {
			t.Errorf("%d of %d %s", touched, plan.Had[table.Name], table.Name)
		}
	}
	for remark, err := range b.db.Remarks(t.Context(), plan.ID, importer.WarnStockRemoved) {
		if err != nil || !strings.Contains(remark.Message, `at "Store room `) {
			t.Errorf("%v: %s", err, remark.Message)
		}
	}
	if plan.Zeroed == 0 || plan.Zeroed > plan.InStock {
		t.Errorf("%d of %d levels", plan.Zeroed, plan.InStock)
	}
}

// A level that is kept as it was edited here goes nowhere.
func TestAKeptEditIsNotZeroed(t *testing.T) {
	b := newBench(t, stocked(14, 1))
	b.run()
	b.exec("UPDATE stock SET available = 77")
	for key, level := range b.shop.levels {
		level.Available = importer.Units(0)
		b.shop.levels[key] = level
	}
	_, kept, err := b.preview(importer.Choices{KeepLocalEdits: true})
	if err != nil || kept.Counts.Of(importer.Stock).Skipped != len(b.shop.levels) || kept.Zeroed != 0 {
		t.Errorf("kept: %+v, %d zeroed, %v", kept.Counts.Of(importer.Stock), kept.Zeroed, err)
	}
	if _, overwritten, err := b.preview(importer.Choices{}); err != nil || overwritten.Zeroed != len(b.shop.levels) {
		t.Errorf("overwritten: %d zeroed, %v", overwritten.Zeroed, err)
	}
}

// A plan says by itself what of its connection does not fit any more.
func TestAPlanFitsItsConnection(t *testing.T) {
	b := newBench(t, stocked(16, 1))
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := b.db.catalog(t.Context(), b.link)
	if err != nil {
		t.Fatal(err)
	}
	for reason, c := range map[string]struct {
		change func(*connector.Connector)
		age    time.Duration
	}{
		"":                                  {func(*connector.Connector) {}, time.Hour},
		"connected to another shop":         {func(c *connector.Connector) { c.AccountID = "gid://shopify/Shop/2" }, time.Hour},
		"the scopes that the shop grants":   {func(c *connector.Connector) { c.Scopes = c.Scopes[1:] }, time.Hour},
		"the capability set":                {func(c *connector.Connector) { c.Purpose = []connector.Resource{connector.Stock} }, time.Hour},
		"currency changed from EUR to GBP":  {func(c *connector.Connector) { c.Currency = "GBP" }, time.Hour},
		"it was made 0s ago, more than 1ns": {func(*connector.Connector) {}, time.Nanosecond},
	} {
		link := b.link
		c.change(&link)
		err := plan.Fits(t.Context(), link, catalog, b.db, plan.MadeAt.Add(time.Second), c.age)
		if (err == nil) != (reason == "") || err != nil && !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %v", reason, err)
		}
	}
}

// What an earlier run marked missing is archived when that is chosen later.
func TestArchivingWhatIsMissingAlready(t *testing.T) {
	b := newBench(t, stocked(17, 2))
	b.run()
	b.shop.drop("gid://shopify/Product/1")
	b.run()
	_, plan, err := b.preview(importer.Choices{ArchiveMissing: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}
	status := b.rows(importer.Products)["gid://shopify/Product/1"].Record[importer.Products.Column("status")].Text()
	if c := plan.Counts.Of(importer.Products); c.Archived != 1 || status != "archived" {
		t.Errorf("%+v, %q", c, status)
	}
}
