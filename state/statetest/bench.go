package statetest

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
	"github.com/eshopos/eshopctl/importer/checking"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// linked is the connector of a bench.
var linked = connector.ID{Store: "main", Provider: "shopify"}

// Bench is a place with one linked store and a shop to import.
type Bench struct {
	Engine Engine
	Place  Place
	Shop   *Shelf
	Source importer.Source // read instead of the shop, unless it is nil
	Link   connector.Connector

	t   Judge
	now time.Time
}

// NewBench links the store of an empty place to the shop.
func NewBench(t Judge, open Open, shop *Shelf) *Bench {
	t.Helper()
	b := &Bench{Shop: shop, t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	b.Place = open(t, b.Clock)
	b.Engine = b.another()
	b.Connect()
	return b
}

// another opens the place once more.
func (b *Bench) another() Engine {
	b.t.Helper()
	engine, err := b.Place.Open(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = engine.Close() })
	return engine
}

// Connect links the store to the shop.
func (b *Bench) Connect() { b.connectTo("shopify", "tea.myshopify.com") }

func (b *Bench) connectTo(provider, domain string) {
	b.t.Helper()
	now := b.Clock()
	link := connector.Connector{
		Store: "main", Provider: provider, Domain: domain, AccountID: b.Shop.ID, Account: "Tea", Currency: "EUR",
		Scopes: allScopes, Auth: connector.Browser, ConnectedAt: now, CheckedAt: now,
	}
	err := b.Engine.EnsureKey(b.t.Context())
	if err == nil {
		b.Link, err = b.Engine.SaveInstall(b.t.Context(), link, connector.Secrets{AccessToken: connector.NewSecret("shpat_of_" + provider)})
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// Clock moves on by a second whenever it is read, so that ids differ.
func (b *Bench) Clock() time.Time {
	b.now = b.now.Add(time.Second)
	return b.now
}

// Later moves the clock on.
func (b *Bench) Later(by time.Duration) { b.now = b.now.Add(by) }

// Alter does to a table what another program would.
func (b *Bench) Alter(t *importer.Table, change func(Row) Row) {
	b.t.Helper()
	if err := b.Place.Alter(b.t.Context(), t, change); err != nil {
		b.t.Fatal(err)
	}
}

// Put writes a row as another program would.
func (b *Bench) Put(t *importer.Table, row Row) {
	b.t.Helper()
	if err := b.Place.Put(b.t.Context(), t, row); err != nil {
		b.t.Fatal(err)
	}
}

// Set gives rows other values.
func Set(which func(Row) bool, column string, value any) func(Row) Row {
	return func(row Row) Row {
		if which(row) {
			row[column] = value
		}
		return row
	}
}

// Delete deletes rows.
func Delete(which func(Row) bool) func(Row) Row {
	return func(row Row) Row {
		if which(row) {
			return nil
		}
		return row
	}
}

// All are all rows; Is chooses those that have a value.
func All(Row) bool { return true }

// Is chooses the rows that have one of these values.
func Is(column string, values ...any) func(Row) bool {
	return func(row Row) bool { return slices.Contains(values, row[column]) }
}

// Unlink takes the mapping of a warehouse away.
func Unlink(row Row) Row {
	row["external_id"], row["account"] = nil, nil
	return row
}

// unlinkOf takes the mapping of one location away.
func unlinkOf(location string) func(Row) Row {
	return func(row Row) Row {
		if row["external_id"] == location {
			return Unlink(row)
		}
		return row
	}
}

// warehouse is one that somebody made by hand.
func warehouse(name string) Row { return Row{"store": "main", "name": name} }

// Preview makes a plan and leaves the catalogue alone.
func (b *Bench) Preview(choices importer.Choices) (importer.Run, importer.Plan, error) {
	b.t.Helper()
	return b.PreviewOf(connector.Resources(), choices)
}

// PreviewOf is Preview of some resources.
func (b *Bench) PreviewOf(resources []connector.Resource, choices importer.Choices) (importer.Run, importer.Plan, error) {
	b.t.Helper()
	catalog, err := b.Engine.Catalog(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.Engine.BeginRun(b.t.Context(), importer.NewRun(importer.KindPreview, b.Link, b.Clock()))
	if err != nil {
		b.t.Fatal(err)
	}
	plan, err := b.Previewer(catalog).Preview(b.t.Context(), &run, b.Link, resources, choices)
	return run, plan, err
}

// Previewer reads the shop and plans.
func (b *Bench) Previewer(catalog importer.Catalog) *job.Previewer {
	source := b.Source
	if source == nil {
		source = b.Shop
	}
	return &job.Previewer{
		Stager:  staging.Stager{Source: source, Workspace: b.Engine, Report: runs.Silent{}, Now: b.Clock},
		Planner: planning.Planner{Catalog: catalog, Workspace: b.Engine, Report: runs.Silent{}, Now: b.Clock},
	}
}

// Apply writes a plan as a run of its own.
func (b *Bench) Apply(plan importer.Plan) (importer.Run, error) {
	b.t.Helper()
	catalog, err := b.Engine.Catalog(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.Engine.BeginRun(b.t.Context(), importer.NewRun(importer.KindImport, b.Link, b.Clock()))
	if err != nil {
		b.t.Fatal(err)
	}
	runner := applying.Runner{Catalog: catalog, Workspace: b.Engine, Report: runs.Silent{}, Now: b.Clock}
	return runner.Apply(b.t.Context(), run, plan)
}

// Run previews and applies.
func (b *Bench) Run() importer.Run {
	b.t.Helper()
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.Apply(plan)
	if err != nil {
		b.t.Fatal(err)
	}
	return run
}

// Reconcile compares shop and store.
func (b *Bench) Reconcile() importer.Run {
	ctx := b.t.Context()
	catalog, err := b.Engine.Catalog(ctx, b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.Engine.BeginRun(ctx, importer.NewRun(importer.KindReconcile, b.Link, b.Clock()))
	if err != nil {
		b.t.Fatal(err)
	}
	snapshot, err := b.Previewer(catalog).Stager.Read(ctx, &run, b.Link, connector.Resources())
	if err != nil {
		b.t.Fatal(err)
	}
	reconciler := checking.Reconciler{Catalog: catalog, Workspace: b.Engine, Report: runs.Silent{}, Now: b.Clock}
	if err := reconciler.Reconcile(ctx, &run, b.Link, snapshot); err != nil {
		b.t.Fatal(err)
	}
	return run
}

// Rows lists a table of the catalogue as text, key by key.
func (b *Bench) Rows(t *importer.Table) map[string]importer.Row {
	b.t.Helper()
	catalog, err := b.Engine.Catalog(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	found := map[string]importer.Row{}
	for row, err := range catalog.Rows(b.t.Context(), t) {
		if err != nil {
			b.t.Fatal(err)
		}
		found[row.Key] = row
	}
	return found
}

// Remarks lists the codes that a run remarked, each once.
func (b *Bench) Remarks(run string) []string {
	b.t.Helper()
	var codes []string
	for remark, err := range b.Engine.Remarks(b.t.Context(), run, "") {
		if err != nil {
			b.t.Fatal(err)
		}
		codes = append(codes, remark.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (b *Bench) items() (ids []string) {
	for _, v := range b.Shop.Variants {
		ids = append(ids, v.InventoryItemID)
	}
	return ids
}

// Digest stands for the content of the whole catalogue.
func (b *Bench) Digest() string {
	sum := sha256.New()
	for _, table := range importer.Tables() {
		for r, err := range b.Engine.ListRows(b.t.Context(), table, importer.ListFilter{Store: "main"}) {
			if err != nil {
				b.t.Fatal(err)
			}
			fmt.Fprintf(sum, "%s %v\n", table.Name, r)
		}
	}
	return string(sum.Sum(nil))
}

// Names lists the warehouses of the store by name with the location that each
// stands for, however they are linked.
func (b *Bench) Names() (found [][2]string) {
	b.t.Helper()
	for r, err := range b.Engine.ListRows(b.t.Context(), importer.Warehouses, importer.ListFilter{Store: "main"}) {
		if err != nil {
			b.t.Fatal(err)
		}
		found = append(found, [2]string{r[2].Text(), r[1].Text()})
	}
	slices.SortFunc(found, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return found
}

const (
	locationZero = "gid://shopify/Location/0"
	locationOne  = "gid://shopify/Location/1"
)

// catalog is the catalogue of the linked store.
func (b *Bench) catalog() importer.Catalog {
	b.t.Helper()
	catalog, err := b.Engine.Catalog(b.t.Context(), b.Link)
	if err != nil {
		b.t.Fatal(err)
	}
	return catalog
}

// levelsAt is how many levels a location has here.
func (b *Bench) levelsAt(location string) int {
	b.t.Helper()
	n, err := b.Engine.CountRows(b.t.Context(), importer.Stock, importer.ListFilter{Store: "main", At: &importer.Place{Location: location}})
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// missing is how many rows of a table the shop does not show any more.
func (b *Bench) missing(t *importer.Table) int {
	b.t.Helper()
	sums, err := b.Engine.SumRows(b.t.Context(), t, importer.ListFilter{Store: "main"})
	if err != nil {
		b.t.Fatal(err)
	}
	return sums.Missing
}

// MustRest makes sure that shop and store are the same, that a rerun writes nothing,
// and that no level is left without a warehouse.
func (b *Bench) MustRest(t *testing.T) {
	t.Helper()
	if run := b.Reconcile(); run.Counts.RowWrites() != 0 {
		t.Errorf("reconcile finds %+v", run.Counts)
	}
	run := b.Run()
	if run.Status != importer.Succeeded || run.Counts.RowWrites() != 0 || run.WarningsBy[importer.WarnLocalEditOverwritten] > 0 {
		t.Errorf("the rerun: %s %+v %v", run.Status, run.Counts, run.WarningsBy)
	}
	stock, err := b.Engine.StockByPlace(t.Context(), "main")
	for _, warehouse := range b.Names() {
		maps.DeleteFunc(stock, func(place importer.Place, _ job.WarehouseStock) bool { return place.Location == warehouse[1] })
	}
	if err != nil || len(stock) > 0 {
		t.Errorf("levels of no warehouse: %v, %v", stock, err)
	}
}
