package state

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	failAfter   int                        // records until the next read fails; 0 for never
	digested    func() bool                // whether a read finds out that the shop is as it was
	number      func(int) int              // in the ids of the products; nil: as they are counted
	miscounts   map[importer.ParentRef]int // by how many parts a record's count is off
	products    map[string]importer.Product
	variants    map[string]importer.Variant
	media       map[string]importer.MediaItem
	categories  map[string]importer.Category
	memberships map[string]importer.Membership
	warehouses  map[string]importer.Warehouse
	levels      map[string]importer.Level
	hidden      map[string]int // warehouses that are not listed
}

func newShelf(seed uint64) *shelf {
	shuffle := rand.New(rand.NewPCG(seed, 7))
	return &shelf{
		id: "gid://shopify/Shop/1", shuffle: shuffle, digested: func() bool { return shuffle.IntN(2) == 0 },
		products: map[string]importer.Product{}, variants: map[string]importer.Variant{}, media: map[string]importer.MediaItem{},
		categories: map[string]importer.Category{}, memberships: map[string]importer.Membership{},
		warehouses: map[string]importer.Warehouse{}, levels: map[string]importer.Level{}, hidden: map[string]int{},
	}
}

func (s *shelf) Shop(context.Context) (importer.Shop, error) {
	return importer.Shop{AccountID: s.id, Domain: "tea.myshopify.com", Name: "Tea", Currency: "EUR", Scopes: allScopes, APIVersion: "2026-10"}, nil
}

// Read gives the records, unless it finds, as it does half of the time, that they are
// what it gave before.
func (s *shelf) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	steps, reading := s.steps(to), importer.Reading{Reader: importer.ReaderPaged}
	if s.digested() && s.failAfter == 0 {
		reading.Given = s.digest(steps)
		reading.Same = maps.Equal(reading.Given, to.Given())
	}
	if reading.Same {
		return reading, nil
	}
	for _, step := range steps {
		if err := step.give(); err != nil {
			return importer.Reading{}, err
		}
		if s.failAfter > 0 {
			if s.failAfter--; s.failAfter == 0 {
				return importer.Reading{}, errors.New("the shop went away")
			}
		}
	}
	return reading, s.unlisted(to)
}

// digest stands for records, in whatever order they come.
func (s *shelf) digest(steps []step) map[string]string {
	var texts []string
	for _, step := range steps {
		text, err := json.Marshal(step.record)
		if err != nil {
			panic(err)
		}
		texts = append(texts, fmt.Sprintf("%T %s", step.record, text))
	}
	slices.Sort(texts)
	sum := sha256.Sum256(fmt.Append(nil, texts, s.warehouses, s.hidden))
	return map[string]string{"everything": hex.EncodeToString(sum[:])}
}

// steps are the records in the order of their keys or in none.
func (s *shelf) steps(to importer.Intake) (steps []step) {
	add := func(key string, record any, give func() error) {
		steps = append(steps, step{key, record, give})
	}
	variants, media, members := map[string]int{}, map[string]int{}, map[string]int{}
	for _, v := range s.variants {
		variants[v.ProductID]++
	}
	for _, m := range s.media {
		media[m.ProductID]++
	}
	for _, m := range s.memberships {
		members[m.CategoryID]++
	}
	counted := func(parts *importer.Table, id string, n int) *importer.Announced {
		return &importer.Announced{Count: n + s.miscounts[importer.ParentRef{Part: parts, ID: id}], Exact: true}
	}
	for id, p := range s.products {
		p.Variants, p.Media = counted(importer.Variants, id, variants[id]), counted(importer.Media, id, media[id])
		add(p.ID, p, func() error { return to.Product(p) })
	}
	for _, v := range s.variants {
		add(v.ID, v, func() error { return to.Variant(v) })
		for _, m := range s.media {
			if m.ProductID == v.ProductID {
				link := importer.VariantMedia{VariantID: v.ID, MediaID: m.ID}
				add("", link, func() error { return to.VariantMedia(link) })
			}
		}
	}
	for _, item := range s.media {
		add(item.ProductID+item.ID, item, func() error { return to.Media(item) })
	}
	for id, c := range s.categories {
		c.Members = counted(importer.Memberships, id, members[id])
		add("", c, func() error { return to.Category(c) })
	}
	for _, member := range s.memberships {
		add(member.CategoryID+member.ProductID, member, func() error { return to.Membership(member) })
	}
	for id, w := range s.warehouses {
		if s.hidden[id] != listed {
			continue
		}
		add("", w, func() error { return to.Warehouse(w) })
	}
	for _, l := range s.levels {
		add(l.InventoryItemID+l.WarehouseID, l, func() error { return to.Level(l) })
	}
	if s.shuffle.IntN(2) == 0 {
		slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.key, b.key) })
	} else {
		s.shuffle.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	}
	inOrder(steps)
	return steps
}

// inOrder puts the media items of each product into their order, because that is
// what their places follow from.
func inOrder(steps []step) {
	of := map[string][]int{}
	for i, step := range steps {
		if item, ok := step.record.(importer.MediaItem); ok {
			of[item.ProductID] = append(of[item.ProductID], i)
		}
	}
	for _, at := range of {
		var items []step
		for _, i := range at {
			items = append(items, steps[i])
		}
		slices.SortFunc(items, func(a, b step) int {
			one, other := a.record.(importer.MediaItem), b.record.(importer.MediaItem)
			return cmp.Or(cmp.Compare(one.Order, other.Order), cmp.Compare(one.ID, other.ID))
		})
		for n, i := range at {
			steps[i] = items[n]
		}
	}
}

// step gives one record.
type step struct {
	key    string
	record any
	give   func() error
}

// Reread gives everything once more in place of what belongs to the parent.
func (s *shelf) Reread(_ context.Context, parent importer.ParentRef, to importer.Intake) error {
	if err := to.Replace(parent); err != nil {
		return err
	}
	for _, step := range s.steps(to) {
		if err := step.give(); err != nil {
			return err
		}
	}
	return nil
}

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

// linked is the connector of a bench.
var linked = connector.ID{Store: "main", Provider: "shopify"}

// bench is a state file with one linked store and a shop to import.
type bench struct {
	t      judge
	db     *DB
	shop   *shelf
	source importer.Source // read instead of the shop, unless it is nil
	link   connector.Connector
	now    time.Time
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
	catalog, err := b.db.catalog(b.t.Context(), b.link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.db.Begin(b.t.Context(), importer.NewRun(importer.KindPreview, b.link, b.db.now()))
	if err != nil {
		b.t.Fatal(err)
	}
	plan, err := b.previewer(catalog).Preview(b.t.Context(), &run, b.link, resources, choices)
	return run, plan, err
}

func (b *bench) previewer(catalog *Catalog) *importer.Previewer {
	source := b.source
	if source == nil {
		source = b.shop
	}
	return &importer.Previewer{
		Source: source, Workspace: b.db, Report: importer.Silent{}, Now: b.clock,
		Planner: importer.Planner{Catalog: catalog, Workspace: b.db, Report: importer.Silent{}, Now: b.clock},
	}
}

// apply writes a plan as a run of its own.
func (b *bench) apply(plan importer.Plan) (importer.Run, error) {
	b.t.Helper()
	catalog, err := b.db.catalog(b.t.Context(), b.link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.db.Begin(b.t.Context(), importer.NewRun(importer.KindImport, b.link, b.db.now()))
	if err != nil {
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

// reconcile compares shop and store.
func (b *bench) reconcile() importer.Run {
	ctx := b.t.Context()
	catalog, err := b.db.catalog(ctx, b.link)
	if err != nil {
		b.t.Fatal(err)
	}
	run, err := b.db.Begin(ctx, importer.NewRun(importer.KindReconcile, b.link, b.db.now()))
	if err != nil {
		b.t.Fatal(err)
	}
	snapshot, err := b.previewer(catalog).Read(ctx, &run, b.link, connector.Resources())
	if err != nil {
		b.t.Fatal(err)
	}
	reconciler := importer.Reconciler{Catalog: catalog, Workspace: b.db, Report: importer.Silent{}, Now: b.clock}
	if err := reconciler.Reconcile(ctx, &run, b.link, snapshot); err != nil {
		b.t.Fatal(err)
	}
	return run
}

// rows lists a table of the catalogue as text, key by key.
func (b *bench) rows(t *importer.Table) map[string]importer.Row {
	b.t.Helper()
	catalog, err := b.db.catalog(b.t.Context(), b.link)
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
func stocked(seed uint64, n int) *shelf { return stockedWith(seed, n, nil) }

func stockedWith(seed uint64, n int, number func(int) int) *shelf {
	s := newShelf(seed)
	s.number = number
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
	n := i
	if s.number != nil {
		n = s.number(i)
	}
	id := fmt.Sprintf("gid://shopify/Product/%d", n)
	s.products[id] = importer.Product{ID: id, Title: fmt.Sprintf("Tea %d", i), Slug: fmt.Sprintf("tea-%d", i), Status: "active", Tags: []string{"b", "a"}}
	s.media["m"+id] = importer.MediaItem{ID: "m" + id, ProductID: id, Type: "image", Status: "ready", Order: 1}
	position := int64(i)
	s.memberships[id] = importer.Membership{CategoryID: "gid://shopify/Collection/1", ProductID: id, Position: &position}
	for v := range 2 {
		variant := fmt.Sprintf("gid://shopify/ProductVariant/%d-%d", n, v)
		item := fmt.Sprintf("gid://shopify/InventoryItem/%d-%d", n, v)
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
