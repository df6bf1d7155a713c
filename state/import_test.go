package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// shelf is a shop in memory: a Source whose records tests change at will. It
// gives them in an order of its own.
type shelf struct {
	id          string
	shuffle     *rand.Rand
	failAfter   int // records until the next read fails; 0 for never
	products    map[string]importer.Product
	variants    map[string]importer.Variant
	media       map[string]importer.MediaItem
	categories  map[string]importer.Category
	memberships map[string]importer.Membership
	warehouses  map[string]importer.Warehouse
	levels      map[string]importer.Level
}

func newShelf(seed uint64) *shelf {
	return &shelf{
		id: "gid://shopify/Shop/1", shuffle: rand.New(rand.NewPCG(seed, 7)),
		products: map[string]importer.Product{}, variants: map[string]importer.Variant{}, media: map[string]importer.MediaItem{},
		categories: map[string]importer.Category{}, memberships: map[string]importer.Membership{},
		warehouses: map[string]importer.Warehouse{}, levels: map[string]importer.Level{},
	}
}

func (s *shelf) Shop(context.Context) (importer.Shop, error) {
	return importer.Shop{AccountID: s.id, Domain: "tea.myshopify.com", Name: "Tea", Currency: "EUR", Scopes: allScopes, APIVersion: "2026-10"}, nil
}

func (s *shelf) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	var steps []func() error
	variants, media := map[string]int{}, map[string]int{}
	for _, v := range s.variants {
		variants[v.ProductID]++
	}
	for _, m := range s.media {
		media[m.ProductID]++
	}
	for id, p := range s.products {
		p.Variants = &importer.Announced{Count: variants[id], Exact: true}
		p.Media = &importer.Announced{Count: media[id], Exact: true}
		steps = append(steps, func() error { return to.Product(p) })
	}
	for _, v := range s.variants {
		steps = append(steps, func() error { return to.Variant(v) })
		for _, m := range s.media {
			if m.ProductID == v.ProductID {
				steps = append(steps, func() error { return to.VariantMedia(importer.VariantMedia{VariantID: v.ID, MediaID: m.ID}) })
			}
		}
	}
	for _, m := range s.media {
		steps = append(steps, func() error { return to.Media(m) })
	}
	for id, c := range s.categories {
		n := 0
		for _, m := range s.memberships {
			if m.CategoryID == id {
				n++
			}
		}
		c.Members = &importer.Announced{Count: n, Exact: true}
		steps = append(steps, func() error { return to.Category(c) })
	}
	for _, m := range s.memberships {
		steps = append(steps, func() error { return to.Membership(m) })
	}
	for _, w := range s.warehouses {
		steps = append(steps, func() error { return to.Warehouse(w) })
	}
	for _, l := range s.levels {
		steps = append(steps, func() error { return to.Level(l) })
	}
	s.shuffle.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, step := range steps {
		if err := step(); err != nil {
			return importer.Reading{}, err
		}
		if s.failAfter > 0 {
			if s.failAfter--; s.failAfter == 0 {
				return importer.Reading{}, errors.New("the shop went away")
			}
		}
	}
	return importer.Reading{Reader: importer.ReaderPaged}, nil
}

func (s *shelf) Reread(context.Context, importer.ParentRef, importer.Intake) error { return nil }

func (s *shelf) variantsOf(product string) (ids []string) {
	for id, v := range s.variants {
		if v.ProductID == product {
			ids = append(ids, id)
		}
	}
	return ids
}

var allScopes = []string{"read_inventory", "read_locations", "read_products"}

// judge is what a test has to say: *testing.T, or *rapid.T within a property.
type judge interface {
	Helper()
	Context() context.Context
	Fatal(...any)
}

// bench is a state file with one linked store and a shop to import.
type bench struct {
	t    judge
	db   *DB
	shop *shelf
	link connector.Connector
	now  time.Time
}

func newBench(t testing.TB, shop *shelf) *bench {
	t.Helper()
	b := &bench{t: t, shop: shop, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	db, err := Create(t.Context(), filepath.Join(t.TempDir(), "state.db"), WithClock(b.clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	b.db = db
	b.connect()
	return b
}

// connect links the store to the shop.
func (b *bench) connect() {
	b.link = connector.Connector{
		Store: "main", Provider: "shopify", State: connector.Live, Domain: "tea.myshopify.com", AccountID: b.shop.id,
		Currency: "EUR", Scopes: allScopes,
	}
	b.exec("INSERT INTO accounts (store, provider, external_id, domain, name, currency, linked_at) VALUES ('main', 'shopify', ?, 'tea.myshopify.com', 'Tea', 'EUR', '2026-11-24')", b.shop.id)
}

// clock moves on by a second whenever it is read, so that ids differ.
func (b *bench) clock() time.Time {
	b.now = b.now.Add(time.Second)
	return b.now
}

func (b *bench) exec(query string, args ...any) {
	b.t.Helper()
	err := b.db.update(b.t.Context(), func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(b.t.Context(), query, args...)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// preview makes a plan and leaves the catalogue alone.
func (b *bench) preview(choices importer.Choices) (importer.Run, importer.Plan, error) {
	b.t.Helper()
	return b.previewOf(connector.Resources(), choices)
}

func (b *bench) previewOf(resources []connector.Resource, choices importer.Choices) (importer.Run, importer.Plan, error) {
	b.t.Helper()
	catalog, err := b.db.Catalog(b.t.Context(), b.link)
	if err != nil {
		b.t.Fatal(err)
	}
	run := b.db.NewRun(importer.KindPreview, "main", "shopify", b.link.Domain, b.link.AccountID)
	if err := b.db.Begin(b.t.Context(), run); err != nil {
		b.t.Fatal(err)
	}
	plan, err := b.previewer(catalog).Preview(b.t.Context(), &run, b.link, resources, choices)
	return run, plan, err
}

func (b *bench) previewer(catalog *Catalog) *importer.Previewer {
	return &importer.Previewer{
		Source: b.shop, Workspace: b.db, Report: importer.Silent{}, Now: b.clock,
		Planner: importer.Planner{Catalog: catalog, Workspace: b.db, Report: importer.Silent{}, Now: b.clock},
	}
}

// apply writes a plan as a run of its own.
func (b *bench) apply(plan importer.Plan) (importer.Run, error) {
	b.t.Helper()
	catalog, err := b.db.Catalog(b.t.Context(), b.link)
	if err != nil {
		b.t.Fatal(err)
	}
	run := b.db.NewRun(importer.KindImport, "main", "shopify", b.link.Domain, b.link.AccountID)
	if err := b.db.Begin(b.t.Context(), run); err != nil {
		b.t.Fatal(err)
	}
	runner := importer.Runner{Catalog: catalog, Workspace: b.db, Report: importer.Silent{}, Now: b.clock}
	return runner.Apply(b.t.Context(), run, plan)
}

// run previews and applies.
func (b *bench) run() importer.Run {
	b.t.Helper()
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.apply(plan)
	if err != nil {
		b.t.Fatal(err)
	}
	return run
}

// rows lists a table of the catalogue as text, key by key.
func (b *bench) rows(t *importer.Table) map[string]importer.Row {
	b.t.Helper()
	catalog, err := b.db.Catalog(b.t.Context(), b.link)
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

// remarks lists the codes that a run remarked, each once.
func (b *bench) remarks(run string) []string {
	b.t.Helper()
	var codes []string
	for remark, err := range b.db.Remarks(b.t.Context(), run, "") {
		if err != nil {
			b.t.Fatal(err)
		}
		codes = append(codes, remark.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// stocked fills a shelf with n products of two variants each, two warehouses
// and a category.
func stocked(seed uint64, n int) *shelf {
	s := newShelf(seed)
	for w := range 2 {
		id := fmt.Sprintf("gid://shopify/Location/%d", w)
		s.warehouses[id] = importer.Warehouse{ID: id, Name: fmt.Sprintf("Store room %d", w), Active: true}
	}
	s.categories["gid://shopify/Collection/1"] = importer.Category{ID: "gid://shopify/Collection/1", Title: "All", Slug: "all", Kind: "manual", SortOrder: "manual"}
	for i := range n {
		s.addProduct(i)
	}
	return s
}

func (s *shelf) addProduct(i int) {
	id := fmt.Sprintf("gid://shopify/Product/%d", i)
	s.products[id] = importer.Product{ID: id, Title: fmt.Sprintf("Tea %d", i), Slug: fmt.Sprintf("tea-%d", i), Status: "active", Tags: []string{"b", "a"}}
	s.media["m"+id] = importer.MediaItem{ID: "m" + id, ProductID: id, Type: "image", Status: "ready", Order: 1}
	position := int64(i)
	s.memberships[id] = importer.Membership{CategoryID: "gid://shopify/Collection/1", ProductID: id, Position: &position}
	for v := range 2 {
		variant := fmt.Sprintf("gid://shopify/ProductVariant/%d-%d", i, v)
		item := fmt.Sprintf("gid://shopify/InventoryItem/%d-%d", i, v)
		sku := fmt.Sprintf("SKU-%d-%d", i, v)
		s.variants[variant] = importer.Variant{
			ID: variant, ProductID: id, InventoryItemID: item, Title: "Default", SKU: &sku, Price: "10.00", Currency: "EUR",
			Position: int64(v + 1), Tracked: true,
		}
		for w := range s.warehouses {
			s.levels[item+w] = importer.Level{InventoryItemID: item, WarehouseID: w, Active: true, Available: importer.Units(int64(i + v)), OnHand: importer.Units(int64(i + v))}
		}
	}
}
