package view

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/runs"
)

func shown(t *testing.T, show func(View) error) string {
	t.Helper()
	var out strings.Builder
	if err := show(View{Out: &out, Now: runs.Noon}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRun(t *testing.T) {
	check(t, shown(t, func(v View) error { return v.Tell(Run{runs.Some(), plain.EachOf(runs.Remarks())}) }), `
import 20261124-1158-k3f9 of store main  partial
  tea.myshopify.com, reader paged, plan 20261124-1155-aaaa
  started 2 minutes ago (2026-11-24 11:58 UTC), took 3.2 s

                 read  created  updated  unchanged  rejected
  products     12,340        2        1     12,337         0
  variants          0        0        0          0         0
  media             0        0        0          0         0
  categories        0        0        0          0         0
  memberships       0        0        0          0         0
  warehouses        3        1        0          1         1
  stock             0        0        0          0         0

  E-WAREHOUSE-AMBIGUOUS  1
    2 are named "Depot"
      warehouses gid://L/1
    next: link them by hand

  W-SKU-MISSING  5
    the variant has no SKU
      variants gid://V/1
    the variant has no SKU
      variants gid://V/2^[[2J
    the variant has no SKU
      variants gid://V/3
    ... and 2 more: eshopctl runs warnings 20261124-1158-k3f9 --code W-SKU-MISSING
    next: give it one

  4 changes written, 1 record rejected, 5 warnings.

  next
    look at each warning
      eshopctl runs warnings 20261124-1158-k3f9
    look at what came in
      eshopctl catalog products --store main
    check warehouses and stock
      eshopctl warehouses list --store main
`)
}

func TestSummary(t *testing.T) {
	got := shown(t, func(v View) error { return v.Tell(Summary{runs.Some(), plain.EachOf(runs.Remarks()), nil}) })
	const want = `
  warnings
  E-WAREHOUSE-AMBIGUOUS  1  2 are named "Depot"
  W-SKU-MISSING          5  such as: the variant has no SKU

`
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant it to hold\n%s", got, want)
	}
}

func TestRunOutcomes(t *testing.T) {
	preview := runs.Some()
	preview.Kind, preview.Status = importer.KindPreview, importer.Succeeded
	failed := runs.Some()
	failed.Status, failed.Counts = importer.Failed, importer.Tally{}
	failed.Error = &importer.RunError{Code: connector.Network, Message: "no route to tea.myshopify.com", Next: connector.Advice("try again")}
	idle := runs.Some()
	idle.Kind, idle.Status, idle.Counts = importer.KindPreview, importer.Succeeded, runs.TallyOf(map[*importer.Table]importer.Counts{importer.Products: {Read: 4, Unchanged: 4}})
	for _, c := range []struct {
		run  importer.Run
		want []string
	}{
		{preview, []string{"would create", "4 changes would be written", "Nothing was written yet", "eshopctl import run --store main 20261124-1158-k3f9"}},
		{failed, []string{"network: no route", "It failed. Nothing was written", "    try again\n"}},
		{idle, []string{"Nothing would change, 5 warnings."}},
	} {
		got := shown(t, func(v View) error { return v.Tell(Run{c.run, plain.EachOf(runs.Remarks())}) })
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%q is missing in\n%s", want, got)
			}
		}
	}
}

func TestRuns(t *testing.T) {
	check(t, shown(t, func(v View) error { return v.Tell(Runs([]importer.Run{runs.Some()})) }), `
run                 store  kind    status   started         took  changes  rejected  warnings
20261124-1158-k3f9  main   import  partial  2 minutes ago  3.2 s        4         1         5
1 run
`)
	stopped := runs.Some()
	stopped.Status = importer.Failed
	check(t, shown(t, func(v View) error { return v.Tell(Runs([]importer.Run{stopped})) }), `
run                 store  kind    status  started         took  changes  rejected  warnings
20261124-1158-k3f9  main   import  failed  2 minutes ago  3.2 s        0         1         5
1 run
`)
	check(t, shown(t, func(v View) error { return v.Tell(Runs(nil)) }), "no runs yet\n")
	check(t, shown(t, func(v View) error { v.Width = 40; return v.Tell(Runs([]importer.Run{runs.Some()})) }), `
run                 kind    status
20261124-1158-k3f9  import  partial
1 run
`)
}

func TestStores(t *testing.T) {
	run := runs.Some()
	outcomes := []StoreOutcome{{Store: "main", Run: &run}, {Store: "outlet", Exit: 4, Error: &importer.RunError{Code: connector.NotConnected, Message: "it was disconnected", Next: connector.Advice("connect it")}}}
	check(t, shown(t, func(v View) error { return v.Tell(Stores(outcomes)) }), `
  store   run                 status        took  changes  rejected  warnings  exit
  main    20261124-1158-k3f9  partial      3.2 s        4         1         5     0
  outlet                      not started                                         4

  outlet  not_connected: it was disconnected
    next: connect it

  2 stores: 1 done, 1 failed; 4 changes written.
`)
	run.Kind, run.Reconciliation = importer.KindReconcile, &importer.Reconciliation{Moved: map[importer.Mover]int{importer.ByNeither: 4}}
	if got := shown(t, func(v View) error { return v.Tell(Stores(outcomes)) }); !strings.HasSuffix(got, "; 4 differences found.\n") {
		t.Error(got)
	}
}

func TestWarnings(t *testing.T) {
	check(t, shown(t, func(v View) error { return v.Tell(Warnings{importer.Run{}, plain.EachOf(runs.Remarks()[:2]), 2}) }), `
code                   resource    external id  message
E-WAREHOUSE-AMBIGUOUS  warehouses  gid://L/1    2 are named "Depot"
W-SKU-MISSING          variants    gid://V/1    the variant has no SKU
1 warning, 1 rejection; what they mean and what to do: eshopctl help warnings
`)
	check(t, shown(t, func(v View) error { return v.Tell(Warnings{importer.Run{}, plain.EachOf[importer.Remark](nil), 0}) }), "no warnings\n")
	if got := shown(t, func(v View) error { return v.Tell(Warnings{importer.Run{}, plain.EachOf(runs.Remarks()[:2]), 12345}) }); !strings.Contains(got, ", of 12,345: at most 10,000 of each code are kept;") {
		t.Error(got)
	}
	long := runs.Remarks()[:2]
	long[1].ExternalID, long[1].Message = "gid://shopify/Product/8123450917533 gid://shopify/MediaImage/33123450163846", "the shop has not made it ready"
	check(t, shown(t, func(v View) error { v.Width = 80; return v.Tell(Warnings{importer.Run{}, plain.EachOf(long), 2}) }), `
code                   resource    external id       message
E-WAREHOUSE-AMBIGUOUS  warehouses  gid://L/1         2 are named "Depot"
W-SKU-MISSING          variants    …/33123450163846  the shop has not made it r…
1 warning, 1 rejection; what they mean and what to do: eshopctl help warnings
`)
}

func TestChanges(t *testing.T) {
	title, html := importer.Products.Column("title"), importer.Products.Column("description_html")
	start := strings.Repeat("The same long beginning. ", 10)
	changes := []importer.Change{
		{Action: importer.Update, Table: importer.Products, Key: "gid://P/1", Drifted: true, Fields: []importer.FieldChange{
			{Column: title, Old: importer.String("Green tea"), New: importer.String("Sencha\x1b[2J")},
			{Column: html, Old: importer.String(start + "old end"), New: importer.String(start + "new end")},
		}},
		{Action: importer.Create, Table: importer.Products, Key: "gid://P/2", Fields: importer.AllFields(importer.Products, nil, importer.Record{
			importer.String("gid://P/2"), importer.String("Cup"), importer.String("cup"), importer.String("active"), importer.String("Kiln"),
			importer.String(""), importer.String(""), importer.StringSet(nil), importer.StringSet(nil), importer.None, importer.None,
		})},
		{Action: importer.Remove, Table: importer.Stock, Key: importer.JoinKey("gid://I/1", "gid://L/1")},
		{Action: importer.Miss, Table: importer.Warehouses, LocalID: "7"},
	}
	named := func(c importer.Change) string { return map[string]string{"7": "Depot"}[c.LocalID] }
	check(t, shown(t, func(v View) error { return v.Tell(Changes{runs.Some(), plain.EachOf(changes), named, ChangesShown}) }), `
products: 1 created
  + Cup  gid://P/2  status active  vendor Kiln

products: 1 updated
  ~ Green tea  gid://P/1  (edited here)
      title: Green tea -> Sencha^[[2J
      description_html: …ame long beginning. old end -> …ame long beginning. new end

stock: 1 removed
  - gid://I/1 gid://L/1

warehouses: 1 marked missing
  ? Depot  (never in the shop) 7

4 changes
`)
}

// In a narrow window an id is never cut, and what goes on does so below the name.
func TestChangesInANarrowWindow(t *testing.T) {
	level := importer.Change{Action: importer.Update, Table: importer.Stock, Drifted: true,
		Key: importer.JoinKey("gid://shopify/InventoryItem/46223799927954", "gid://shopify/Location/71581314899")}
	named := func(importer.Change) string { return "MUG-1 at Lyon" }
	var out strings.Builder
	if err := (View{Out: &out, Width: 80, Now: runs.Noon}).Tell(Changes{runs.Some(), plain.EachOf([]importer.Change{level, level}), named, 1}); err != nil {
		t.Fatal(err)
	}
	check(t, out.String(), `
stock: 2 updated
  ~ MUG-1 at Lyon  gid://shopify/InventoryItem/46223799927954
      gid://shopify/Location/71581314899  (edited here)
  ... and 1 more:
      eshopctl runs changes `+runs.Some().ID+` --resource stock --action update --limit 0

2 changes
`)
}

func TestManyChanges(t *testing.T) {
	many := func(yield func(importer.Change, error) bool) {
		for range 30_000 {
			if !yield(importer.Change{Action: importer.Create, Table: importer.Variants, Key: "gid://V/1"}, nil) {
				return
			}
		}
	}
	preview := runs.Some()
	preview.Kind = importer.KindPreview
	got := shown(t, func(v View) error { return v.Tell(Changes{preview, many, nil, ChangesShown}) })
	if lines := strings.Count(got, "\n"); lines > 30 || !strings.Contains(got, "variants: 30,000 would be created") ||
		!strings.Contains(got, "... and 29,980 more: eshopctl runs changes 20261124-1158-k3f9 --resource variants --action create --limit 0") {
		t.Errorf("%d lines:\n%s", lines, got)
	}
}

// At thousands of updates the fields that they touch come first; all of them are
// a list that a pager can show, one after the other.
func TestManyUpdates(t *testing.T) {
	price, title := importer.Variants.Column("price"), importer.Variants.Column("title")
	updates := func(n int) func(func(importer.Change, error) bool) {
		return func(yield func(importer.Change, error) bool) {
			for i := range n {
				fields := []importer.FieldChange{{Column: price, Old: importer.String("1"), New: importer.String("2")}}
				if i%10 == 0 {
					fields = append(fields, importer.FieldChange{Column: title, Old: importer.String("A"), New: importer.String("B")})
				}
				if !yield(importer.Change{Action: importer.Update, Table: importer.Variants, Key: "gid://V/1", Fields: fields}, nil) {
					return
				}
			}
		}
	}
	got := shown(t, func(v View) error { return v.Tell(Changes{runs.Some(), updates(30_000), nil, ChangesShown}) })
	if !strings.Contains(got, "variants: 30,000 updated (price 30,000, title 3,000)\n") || strings.Count(got, "\n") > 60 {
		t.Errorf("%s", got)
	}
	check(t, shown(t, func(v View) error { return v.Tell(Changes{runs.Some(), updates(2), nil, 0}) }), `
variants:
  ~ A  gid://V/1
      price: 1 -> 2
      title: A -> B
  ~ gid://V/1
      price: 1 -> 2

2 changes
`)
}

func TestCatalog(t *testing.T) {
	level := func(sku, tracked, available string) importer.Record {
		record := importer.Record{
			importer.String("gid://V/" + sku), importer.String("gid://I/" + sku), importer.String("gid://L/1"), importer.String(sku),
			importer.String(tracked), importer.String("true"), importer.String(available), importer.None, importer.None, importer.None,
		}
		for _, column := range importer.NameColumns(importer.Stock) {
			record = append(record, map[string]importer.Value{"warehouse": importer.String("Leeds")}[column.Name])
		}
		return record
	}
	rows := []importer.Record{level("A-1", "true", "12"), level("A-2", "false", "0"), level("A-3", "true", "-2")}
	catalog := func(table *importer.Table, rows []importer.Record, sums CatalogSums) Catalog {
		return Catalog{Table: table, Columns: table.Columns, Named: plain.EachOf(rows), Sums: func() (CatalogSums, error) { return sums, nil }}
	}
	check(t, shown(t, func(v View) error {
		return v.Tell(catalog(importer.Stock, rows, CatalogSums{Matching: 40, All: 50, Untracked: 4, Units: 1010}))
	}), `
sku    available  on hand  committed  incoming  active  warehouse  variant  variant id
A-1           12                                yes     Leeds               gid://V/A-1
A-2  not tracked                                yes     Leeds               gid://V/A-2
A-3           -2                                yes     Leeds               gid://V/A-3
3 of 40 stock levels, 1,010 units available, 4 not tracked in all
`)
	check(t, shown(t, func(v View) error {
		return v.Tell(catalog(importer.Stock, rows[2:], CatalogSums{Matching: 1, All: 50, Units: -2}))
	}), `
sku  available  on hand  committed  incoming  active  warehouse  variant  variant id
A-3         -2                                yes     Leeds               gid://V/A-3
1 stock level, -2 units available
`)
	for _, table := range importer.Tables() {
		got := shown(t, func(v View) error {
			return v.Tell(catalog(table, nil, CatalogSums{}))
		})
		if !strings.HasPrefix(got, "no ") {
			t.Errorf("%s: %q", table.Name, got)
		}
		got = shown(t, func(v View) error {
			return v.Tell(catalog(table, nil, CatalogSums{All: 18}))
		})
		if !strings.HasPrefix(got, "none of 18 ") || !strings.HasSuffix(got, "s match\n") && table != importer.Categories {
			t.Errorf("%s: %q", table.Name, got)
		}
	}
}

func TestWarehouses(t *testing.T) {
	location := "gid://L/1"
	check(t, shown(t, func(v View) error {
		return v.Tell(Warehouses{[]Warehouse{
			{ID: "1", Name: "Main", Active: true, Linked: true, ExternalID: &location, Levels: 1200, Units: 34},
			{ID: "2", Name: "Attic", Levels: 0},
		}, StockLeft{}})
	}), `
id  name   active  stands for   levels  units
1   Main   yes     gid://L/1     1,200     34
2   Attic  no      no location       0      0
2 warehouses, 1,200 stock levels, 34 units available
`)
}

func TestWarehousesThatAreNotAll(t *testing.T) {
	check(t, shown(t, func(v View) error {
		return v.Tell(Warehouses{[]Warehouse{{ID: "2", Name: "Attic"}}, StockLeft{Locations: []string{"gid://L/1"}, Levels: 94, Units: 2338}})
	}), `
id  name   active  stands for   levels  units
2   Attic  no      no location       0      0
1 warehouse, 0 stock levels, 0 units available
94 stock levels more, 2,338 units available, of 1 location without a warehouse
`)
}

func TestWarehouse(t *testing.T) {
	location := "gid://L/1"
	check(t, shown(t, func(v View) error {
		return v.Tell(WarehouseDetail{
			Warehouse: Warehouse{ID: "1", Name: "Main\x1b", Active: true, Linked: true, ExternalID: &location, Levels: 1200, Units: 34}, Untracked: 2,
			Address: []byte(`{"address1":"12 Canal Wharf","address2":null,"city":"Leeds","zip":"LS11 5PS","country":"United Kingdom"}`),
			Next:    []plain.Suggestion{{Text: "if the two are one place", Command: "eshopctl warehouses merge 7 1"}},
		})
	}), `
warehouse 1  Main^[

  stands for    gid://L/1
  active        yes
  stock         1,200 stock levels, 34 units available, 2 not tracked
  address       12 Canal Wharf, LS11 5PS, Leeds, United Kingdom

  next
    if the two are one place
      eshopctl warehouses merge 7 1
`)
}

func TestMerge(t *testing.T) {
	check(t, shown(t, func(v View) error {
		return v.Tell(Merge{From: Warehouse{ID: "7", Name: "Main"}, Into: Warehouse{ID: "1", Name: "Old"}, StandsFor: "gid://L/1", Name: "Main",
			Levels: 94, Units: 2338, Dropped: "gid://L/9", LostLevels: 1, LostUnits: 4})
	}), `
Warehouse 7 (Main) would be merged into 1 (Old). Warehouse 1 then has
  name          Main, as in the shop
  stands for    gid://L/1
  stock         94 stock levels, 2,338 units available
  history       what was told of both; plans made before are stale
and these go
  warehouse     7
  location      gid://L/9, which the shop no longer has
  its stock     1 stock level, 4 units available
`)
}
