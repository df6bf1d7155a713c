package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// batches are a table that only this test knows: what a product was made in. This value
// and its table in SQL are all there is of it.
var batches = &importer.Table{
	Name: "batches", One: "batch", Resource: connector.Products,
	Columns: []importer.Column{
		{Name: "external_id"}, {Name: "product_external_id"}, {Name: "title"}, {Name: "state"}, {Name: "roaster", Personal: true},
		{Name: "tracked", Type: importer.Bool}, {Name: "left_over", Type: importer.Int, Unit: "kilo"}, {Name: "weight", Type: importer.Number},
		{Name: "variant_external_ids", Type: importer.Set},
	},
	Keys: []int{0}, Parents: []importer.Parent{{Column: 1, Table: importer.Products, As: "product"}, {Column: 8, Table: importer.Variants}},
	Local: true, Kept: true, UpdatedRun: true, Reason: 2,
	Stocked:  &importer.StockColumns{Tracked: 5, Number: 6},
	Archived: &importer.Field{Column: 3, Value: importer.String("archived")},
	Label:    importer.Label{Title: 2},
	Shown:    importer.Shown{Listed: "title product left_over external_id", Told: "left_over"},
	Searched: []string{"external_id", "title", "roaster", "variant_external_ids"},
	Filters:  []importer.Filter{{Name: "used-up", Means: "are used up", All: []importer.Condition{{Column: "left_over", Is: importer.Zeroed}}}},
}

// batchesInSQL is what the recipe for a table in CONTRIBUTING makes a migration of.
const batchesInSQL = `CREATE TABLE batches (
		id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL,
		product_external_id TEXT, title TEXT, state TEXT, roaster TEXT, tracked INTEGER, left_over INTEGER, weight TEXT, variant_external_ids TEXT,
		missing_since TEXT, updated_run TEXT, UNIQUE (account, external_id));
	CREATE TRIGGER batches_inserted AFTER INSERT ON batches WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'batches', NEW.external_id, ''); END;
	CREATE TRIGGER batches_updated AFTER UPDATE ON batches WHEN (SELECT yes FROM importing) = 0 BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'batches', NEW.external_id, ''); END;
	CREATE TRIGGER batches_deleted AFTER DELETE ON batches WHEN (SELECT yes FROM importing) = 0 BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (OLD.account, 'batches', OLD.external_id, ''); END;`

func batch(n int) string { return fmt.Sprintf("gid://shopify/Batch/%03d", n) }

// batchOf is a record of a batch of the product of that number, of which so many are left.
func batchOf(n, left int) importer.Record {
	return importer.Record{
		importer.String(batch(n)), importer.String(product(n)), importer.String(fmt.Sprintf("Batch %d", n)), importer.String("open"), importer.String("Ada"),
		importer.Flag(true), importer.Whole(int64(left)), importer.String("1.50"), importer.StringSet([]string{variant(n)}),
	}
}

// brewery is a bench whose shop has batches as well, one of each product.
type brewery struct {
	*bench
	batches []importer.Record
}

func newBrewery(t *testing.T, n int) *brewery {
	t.Cleanup(importer.Declare(batches))
	b := &brewery{bench: newBench(t, newShop(n))}
	b.sql(batchesInSQL)
	for i := range n {
		b.batches = append(b.batches, batchOf(i, 5))
	}
	b.shop.more = func(to importer.Intake) (err error) {
		for _, r := range b.batches {
			err = errors.Join(err, to.PutRecord(batches, r))
		}
		return err
	}
	return b
}

// expect previews and holds what it says of batches against this, applies and holds the run against it.
func (b *brewery) expect(what string, choices importer.Choices, want importer.Counts) (importer.Plan, importer.Run) {
	b.Helper()
	_, plan := b.preview(choices)
	if got := *plan.Counts.Of(batches); got != want {
		b.Errorf("%s: the plan counts %+v, want %+v", what, got, want)
	}
	run, err := b.apply(plan)
	if err != nil {
		b.Fatalf("%s: %v", what, err)
	}
	if got := *run.Counts.Of(batches); got != want {
		b.Errorf("%s: the run counts %+v, want %+v", what, got, want)
	}
	return plan, run
}

// A table that nothing names but its own value goes round: what is true of the seven is
// true of an eighth. It does not run beside others, whose catalogue has seven.
func TestAMadeUpTableGoesRound(t *testing.T) {
	b := newBrewery(t, 4)
	b.expect("first", importer.Choices{}, importer.Counts{Read: 4, Created: 4})
	if got := b.value(batches, batch(2), "variant_external_ids"); got != `["`+variant(2)+`"]` {
		t.Errorf("it is linked to %s", got)
	}
	plan, _ := b.expect("unchanged", importer.Choices{}, importer.Counts{Read: 4, Unchanged: 4})
	if plan.Had["batches"] != 4 || plan.InStock != 8 { // beside four levels
		t.Errorf("it had %d, %d in stock", plan.Had["batches"], plan.InStock)
	}

	b.batches[1] = batchOf(1, 0) // used up
	plan, _ = b.expect("changed", importer.Choices{}, importer.Counts{Read: 4, Unchanged: 3, Updated: 1})
	if plan.Zeroed != 1 || !b.said(plan.ID, importer.WarnStockZeroed, batch(1)) {
		t.Errorf("%d zeroed, %v", plan.Zeroed, b.codes(plan.ID))
	}
	tripped := (*planning.TrippedError)(nil)
	if err := (planning.Guards{Zeroed: planning.Limit{Set: true}}).Check(plan); !errors.As(err, &tripped) || tripped.Table != batches {
		t.Errorf("no guard: %v", err)
	}

	b.sql("UPDATE batches SET roaster = 'Grace' WHERE external_id = ?", batch(2))
	b.expect("edited here", importer.Choices{}, importer.Counts{Read: 4, Unchanged: 3, Updated: 1, Drifted: 1})

	b.batches[0][7], b.shop.products[3].Unfit = importer.String("heavy"), "its title is a number"
	plan, run := b.expect("rejected", importer.Choices{}, importer.Counts{Read: 4, Unchanged: 2, Rejected: 2})
	if run.Status != importer.Partial || !b.said(plan.ID, importer.RejectValueInvalid, batch(0)) || !b.said(plan.ID, importer.RejectParentRejected, batch(3)) {
		t.Errorf("%s, %v", run.Status, b.codes(plan.ID))
	}
	b.batches[0], b.shop.products[3].Unfit = batchOf(0, 5), ""
	b.expect("mended in the shop", importer.Choices{}, importer.Counts{Read: 4, Unchanged: 4})

	b.batches = b.batches[:3]
	b.expect("vanished", importer.Choices{}, importer.Counts{Read: 3, Unchanged: 3, Missing: 1})
	if row, has := b.row(batches, batch(3)); !has || !row.Missing {
		t.Errorf("it is kept: %v, marked missing: %v", has, row.Missing)
	}
	b.expect("archived", importer.Choices{ArchiveMissing: true}, importer.Counts{Read: 3, Unchanged: 3, Missing: 1, Archived: 1})
	if got := b.value(batches, batch(3), "state"); got != "archived" {
		t.Errorf("it is %s", got)
	}
	b.listed()
	b.reconciled()
	b.pruned()
}

// labels are another one, of parts that have no id: what stands on a product.
var labels = &importer.Table{
	Name: "made_up_labels", One: "label", Resource: connector.Products,
	Columns: []importer.Column{{Name: "product_external_id"}, {Name: "language"}, {Name: "wording"}},
	Keys:    []int{0, 1}, Parents: []importer.Parent{{Column: 0, Table: importer.Products, As: "product"}}, Reason: 2,
	Label:    importer.Label{Called: []int{2}},
	Searched: []string{"wording"},
}

const labelsInSQL = `CREATE TABLE made_up_labels (store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, product_external_id TEXT NOT NULL,
		language TEXT NOT NULL, wording TEXT, PRIMARY KEY (account, product_external_id, language)) WITHOUT ROWID;
	CREATE TRIGGER made_up_labels_inserted AFTER INSERT ON made_up_labels BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'made_up_labels', NEW.product_external_id, NEW.language); END;
	CREATE TRIGGER made_up_labels_deleted AFTER DELETE ON made_up_labels WHEN (SELECT yes FROM importing) = 0 BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (OLD.account, 'made_up_labels', OLD.product_external_id, OLD.language); END;`

// Parts follow the shop, but stay with what they belong to when that vanishes.
func TestAMadeUpTableOfPartsGoesRound(t *testing.T) {
	t.Cleanup(importer.Declare(labels))
	b := newBench(t, newShop(3))
	b.sql(labelsInSQL)
	given := map[string]string{}
	key := func(n int, language string) string { return importer.JoinKey(product(n), language) }
	b.shop.more = func(to importer.Intake) (err error) {
		for key, wording := range given {
			parts := importer.SplitKey(key)
			err = errors.Join(err, to.PutRecord(labels, importer.Record{importer.String(parts[0]), importer.String(parts[1]), importer.String(wording)}))
		}
		return err
	}
	expect := func(what string, want importer.Counts) {
		t.Helper()
		if run := b.run(); *run.Counts.Of(labels) != want {
			t.Errorf("%s: %+v, want %+v", what, *run.Counts.Of(labels), want)
		}
	}
	for n := range 3 {
		given[key(n, "de")], given[key(n, "en")] = "Tee", "Tea"
	}
	expect("first", importer.Counts{Read: 6, Created: 6})
	expect("unchanged", importer.Counts{Read: 6, Unchanged: 6})
	given[key(0, "en")] = "Fine tea"
	delete(given, key(1, "de"))
	expect("changed", importer.Counts{Read: 5, Updated: 1, Unchanged: 4, Removed: 1})
	if name := b.db.RecordName(t.Context(), b.link.ID(), labels, key(0, "en")); name != "Fine tea" {
		t.Errorf("it is called %q", name)
	}
	b.sql("DELETE FROM made_up_labels WHERE product_external_id = ? AND language = 'en'", product(1))
	if run := b.reconcile(); run.Counts.Of(labels).Created != 1 || run.Reconciliation.Moved[importer.ByStore] != 1 {
		t.Errorf("reconciled: %+v, %v", run.Counts.Of(labels), run.Reconciliation.Moved)
	}
	expect("deleted here", importer.Counts{Read: 5, Created: 1, Unchanged: 4})
	b.shop.drop(2)
	delete(given, key(2, "de"))
	delete(given, key(2, "en"))
	expect("its product vanished", importer.Counts{Read: 3, Unchanged: 3})
	if _, has := b.row(labels, key(2, "de")); !has {
		t.Error("it went although its product is kept")
	}
}

// listed: it is searched, filtered, named and exported.
func (b *brewery) listed() {
	b.Helper()
	columns := slices.Concat(importer.ListColumns(batches), importer.NameColumns(batches))
	usedUp, err := batches.Filter("used-up")
	if err != nil {
		b.Fatal(err)
	}
	for what, c := range map[string]struct {
		filter importer.ListFilter
		want   int
	}{
		"all": {importer.ListFilter{}, 4}, "by a text": {importer.ListFilter{Search: "ADA"}, 4}, "by what it is linked to": {importer.ListFilter{Search: variant(2)}, 1},
		"by its product": {importer.ListFilter{Search: "tea 3"}, 1}, "by a filter": {importer.ListFilter{Filters: []importer.Filter{usedUp}}, 1},
	} {
		c.filter.Store, c.filter.Names = "main", true
		var out strings.Builder
		if err := plain.WriteCSV(&out, columns, b.db.ListRows(b.Context(), batches, c.filter)); err != nil {
			b.Fatal(err)
		}
		if n := strings.Count(out.String(), "Batch "); n != c.want || !strings.Contains(out.String(), ",Tea ") {
			b.Errorf("%s: %d of them, want %d:\n%s", what, n, c.want, out.String())
		}
	}
	if name := b.db.RecordName(b.Context(), b.link.ID(), batches, batch(2)); name != "Batch 2" {
		b.Errorf("it is called %q", name)
	}
	sums, err := b.db.SumRows(b.Context(), batches, importer.ListFilter{Store: "main"})
	if err != nil || sums.Rows != 4 || sums.Units != 15 || sums.Missing != 1 {
		b.Errorf("%+v, %v", sums, err)
	}
}

// reconciled: what somebody changed here, and what the shop changed, is told apart.
func (b *brewery) reconciled() {
	b.Helper()
	b.sql("UPDATE batches SET roaster = 'Grace' WHERE external_id = ?", batch(2))
	b.batches[0] = batchOf(0, 4)
	run := b.reconcile()
	if sides := run.Reconciliation.Totals["batches"]; sides != (importer.Sides{Shop: 3, Store: 4, Missing: 1}) {
		b.Errorf("%+v", sides)
	}
	moved := map[string]importer.Mover{}
	for change := range must(b.bench, b.db.Changes(b.Context(), run.ID, batches)) {
		moved[change.Key] = change.WhoMoved()
	}
	if len(moved) != 2 || moved[batch(0)] != importer.ByShop || moved[batch(2)] != importer.ByStore {
		b.Errorf("moved: %v", moved)
	}
}

// pruned: what is kept of it goes like that of others, and the next run is as ever.
func (b *brewery) pruned() {
	b.Helper()
	_, before := b.expect("before pruning", importer.Choices{}, importer.Counts{Read: 3, Unchanged: 1, Updated: 2, Drifted: 1})
	b.expect("once more", importer.Choices{}, importer.Counts{Read: 3, Unchanged: 3})
	if err := b.db.PruneRuns(b.Context(), b.link.ID(), 1); err != nil {
		b.Fatal(err)
	}
	for change, err := range b.db.Changes(b.Context(), before.Plan, batches) {
		b.Errorf("%s of %s is still kept, %v", change.Action, change.Key, err)
	}
	b.expect("after pruning", importer.Choices{}, importer.Counts{Read: 3, Unchanged: 3})
}
