package statetest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// TestSequences runs random sequences of previews, runs, shop edits,
// edits by other programs, renames, mapping edits, faults and reconnects, on
// small random shops, and holds the laws after each step (sequence_laws.go).
// A failure prints its seed; -rapid.seed=N runs it again. Each of ten parts runs
// -rapid.checks sequences, or as many as the campaign asks for.
func TestSequences(t *testing.T, open Open) {
	numbers := make([]int, 150)
	for i := range numbers {
		numbers[i] = endingChunks(i)
	}
	setChecks(t, campaign.Of(t, "sequences for each part", 2, 60, 300))
	for part := range 10 {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) { newStory(rt, open, numbers).play() })
		})
	}
	t.Logf("rapid.checks=%s, rapid.seed=%s (0: by the time)", flag.Lookup("rapid.checks").Value, flag.Lookup("rapid.seed").Value)
}

// setChecks sets how many cases a property is tried on, unless -rapid.checks says it.
func setChecks(t *testing.T, n int) {
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "rapid.checks" })
	if said {
		return
	}
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", fmt.Sprint(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
}

// story is one sequence: a store, its shop, and what is known about them.
type story struct {
	*Bench
	rt      *rapid.T
	next    int                  // number of the next product or location
	pending *importer.Plan       // a preview that was not applied yet
	landed  catalogRows          // what was imported into them last
	writes  int                  // imports, links and unlinks since the preview
	covered []connector.Resource // by the last run

	previewed catalogRows // as the preview saw them

	shopEdited, storeEdited bool // since the last import of everything
}

func newStory(rt *rapid.T, open Open, numbers []int) *story {
	shop := StockedWith(rapid.Uint64().Draw(rt, "order"), rapid.IntRange(0, 5).Draw(rt, "products"), func(i int) int { return numbers[i] })
	return &story{Bench: NewBench(rt, open, shop), rt: rt, next: 100, landed: catalogRows{}, shopEdited: true}
}

// endingChunks numbers products so that a chunk of one table or another ends
// behind them: these small shops have as many chunks as large ones.
func endingChunks(i int) int {
	for n := i * 100_000; ; n++ {
		product := fmt.Sprintf("gid://shopify/Product/%d", n)
		item := fmt.Sprintf("gid://shopify/InventoryItem/%d-1", n)
		key := []string{
			product, fmt.Sprintf("gid://shopify/ProductVariant/%d-0", n), importer.JoinKey(item, "gid://shopify/Location/0"),
			importer.JoinKey("gid://shopify/Collection/1", product),
		}
		if chunks.EndsChunk([]byte(key[i%len(key)])) {
			return n
		}
	}
}

// play acts out the sequence, and ends with an import that has to bring the
// store to where the shop is.
func (s *story) play() {
	actions := s.actions()
	names := slices.Sorted(maps.Keys(actions))
	if rapid.IntRange(0, 3).Draw(s.rt, "imported before") > 0 {
		s.importAll(importer.Choices{})
	}
	for range rapid.IntRange(1, 9).Draw(s.rt, "steps") {
		actions[rapid.SampledFrom(names).Draw(s.rt, "step")]()
	}
	s.importAll(importer.Choices{})
}

// catalogRows is every row of the account, by table and key.
type catalogRows map[*importer.Table]map[string]importer.Row

func (s *story) actions() map[string]func() {
	return map[string]func(){
		"preview":                             func() { s.previewOnly() },
		"apply the preview":                   func() { s.applyPending() },
		"run":                                 func() { s.importAll(importer.Choices{}) },
		"run and rerun":                       func() { s.importAll(importer.Choices{}); s.importAll(importer.Choices{}) },
		"run, keeping local edits":            func() { s.editStore(); s.importAll(importer.Choices{KeepLocalEdits: true}) },
		"run, archiving what is missing":      func() { s.importAll(importer.Choices{ArchiveMissing: true}) },
		"run part of the resources":           func() { s.importPart() },
		"a fault while reading":               func() { s.faultyRead() },
		"a crash between reading and writing": func() { s.crash() },
		"reconcile":                           func() { s.checkReconcile() },
		"reconnect":                           func() { s.reconnect() },
		"edit the shop":                       s.editShop, "edit the shop more": s.editShop,
		"edit the store": s.editStore, "edit the store more": s.editStore,
		"edit a mapping": s.editMapping,
		"edit between preview and run": func() {
			s.editShop()
			s.previewOnly()
			rapid.SampledFrom([]func(){s.editStore, s.editStore, s.editMapping, s.editShop}).Draw(s.rt, "what comes between")()
			s.applyPending()
		},
	}
}

// editShop lets the merchant do one thing.
func (s *story) editShop() {
	edits := s.productEdits()
	maps.Copy(edits, s.levelEdits())
	maps.Copy(edits, s.placeEdits())
	s.shopEdited = true
	edits[rapid.SampledFrom(slices.Sorted(maps.Keys(edits))).Draw(s.rt, "edit")]()
}

// productEdits are what a merchant may do to products and what belongs to them.
func (s *story) productEdits() map[string]func() {
	rt, shop := s.rt, s.Shop
	return map[string]func(){
		"price": func() {
			editOne(rt, shop.Variants, func(v *importer.Variant) {
				v.Price = rapid.SampledFrom([]string{"1", "2.50", "10.00", "10.0", "0"}).Draw(rt, "price")
			})
		},
		"SKU": func() {
			editOne(rt, shop.Variants, func(v *importer.Variant) {
				v.SKU = rapid.SampledFrom([]*string{nil, new("S"), new("")}).Draw(rt, "SKU")
			})
		},
		"tracking": func() { editOne(rt, shop.Variants, func(v *importer.Variant) { v.Tracked = !v.Tracked }) },
		"title": func() {
			editOne(rt, shop.Products, func(p *importer.Product) {
				p.Title = rapid.SampledFrom([]string{"A", "B", "\x1b[2J", "Tea 0"}).Draw(rt, "title")
			})
		},
		"tags":          func() { editOne(rt, shop.Products, func(p *importer.Product) { slices.Reverse(p.Tags) }) },
		"product added": func() { s.next++; shop.AddProduct(s.next) },
		"product back":  func() { shop.AddProduct(rapid.IntRange(0, 5).Draw(rt, "which")) },
		"product gone": func() {
			if id := pickKey(rt, shop.Products); id != "" {
				shop.DropProduct(id)
			}
		},
		"a value that cannot be stored": func() { editOne(rt, shop.Variants, func(v *importer.Variant) { v.Price = "1e5" }) },
		"membership gone":               func() { delete(shop.Memberships, pickKey(rt, shop.Memberships)) },
		"category edited":               func() { editOne(rt, shop.Categories, func(c *importer.Category) { c.Title += "!" }) },
		"image edited": func() {
			editOne(rt, shop.Media, func(m *importer.MediaItem) { m.Status, m.Alt = "failed", new("alt") })
		},
	}
}

// someFigures are the numbers of units that levels get.
var someFigures = rapid.SampledFrom([]int64{-3, 0, 0, 1, 2, 30})

// levelEdits are what a merchant may do to stock levels and inventory items.
func (s *story) levelEdits() map[string]func() {
	rt, shop := s.rt, s.Shop
	return map[string]func(){
		"available": func() {
			editOne(rt, shop.Levels, func(l *importer.Level) { l.Available = importer.Units(someFigures.Draw(rt, "available")) })
		},
		"committed": func() {
			editOne(rt, shop.Levels, func(l *importer.Level) { l.Committed = importer.Units(someFigures.Draw(rt, "committed")) })
		},
		"no available": func() {
			editOne(rt, shop.Levels, func(l *importer.Level) { l.Available = importer.Quantity{} })
		},
		"no figure":                  func() { editOne(rt, shop.Levels, func(l *importer.Level) { l.Incoming = importer.Quantity{} }) },
		"level off":                  func() { editOne(rt, shop.Levels, func(l *importer.Level) { l.Active = !l.Active }) },
		"level gone":                 func() { delete(shop.Levels, pickKey(rt, shop.Levels)) },
		"item shared":                func() { shop.ShareItem(pickKey(rt, shop.Variants), pickKey(rt, shop.Variants)) },
		"item of one's own":          func() { s.next++; shop.OwnItem(pickKey(rt, shop.Variants), s.next) },
		"variant gone, not its item": func() { shop.LeaveItem(pickKey(rt, shop.Variants)) },
	}
}

// placeEdits are what a merchant may do to locations.
func (s *story) placeEdits() map[string]func() {
	rt, shop := s.rt, s.Shop
	return map[string]func(){
		"location renamed": func() {
			editOne(rt, shop.Warehouses, func(w *importer.Warehouse) {
				w.Name = rapid.SampledFrom([]string{"A", "B", "Store room 0", " A"}).Draw(rt, "name")
			})
		},
		"location off":    func() { editOne(rt, shop.Warehouses, func(w *importer.Warehouse) { w.Active = !w.Active }) },
		"location gone":   func() { shop.RemoveLocation(pickKey(rt, shop.Warehouses)) },
		"location opened": s.openLocation,
		"location hidden": func() {
			shop.Hidden[pickKey(rt, shop.Warehouses)] = rapid.SampledFrom([]int{listed, byID, lost}).Draw(rt, "how")
		},
	}
}

// openLocation opens a location that stocks all variants.
func (s *story) openLocation() {
	s.next++
	id := fmt.Sprintf("gid://shopify/Location/%d", s.next)
	s.Shop.Warehouses[id] = importer.Warehouse{ID: id, Name: rapid.SampledFrom([]string{"A", "Attic"}).Draw(s.rt, "name"), Active: true}
	for _, v := range s.Shop.Variants {
		s.Shop.Levels[v.InventoryItemID+id] = importer.Level{InventoryItemID: v.InventoryItemID, WarehouseID: id, Active: true,
			Available: importer.Units(someFigures.Draw(s.rt, "available"))}
	}
}

func (s *story) editStore() {
	s.storeEdited = true
	rapid.SampledFrom(storeEdits).Draw(s.rt, "edit").do(s.Bench)
}

func (s *story) editMapping() {
	s.storeEdited = true
	if warehouses := s.Names(); len(warehouses) > 0 && rapid.Bool().Draw(s.rt, "by hand") {
		if rapid.IntRange(0, 3).Draw(s.rt, "merge") == 0 {
			s.mergeByHand(rapid.SampledFrom(warehouses).Draw(s.rt, "from"), rapid.SampledFrom(warehouses).Draw(s.rt, "into"))
			return
		}
		s.linkByHand(rapid.SampledFrom(warehouses).Draw(s.rt, "warehouse"))
		return
	}
	rapid.SampledFrom(mappingEdits).Draw(s.rt, "mapping").do(s.Bench)
}

// linkByHand unlinks a warehouse, or links one that stands for nothing. A name that
// two have is refused, and so is a location that is linked.
func (s *story) linkByHand(warehouse [2]string) {
	err := errors.New("nothing to link")
	if warehouse[1] != "" {
		_, err = s.Engine.UnlinkWarehouse(s.rt.Context(), "main", warehouse[0])
	} else if location := pickKey(s.rt, s.Shop.Warehouses); location != "" {
		_, err = s.Engine.LinkWarehouse(s.rt.Context(), s.Link, warehouse[0], location, rapid.Bool().Draw(s.rt, "move"))
	}
	if err == nil {
		s.writes++
	}
}

// mergeByHand joins two warehouses, where these are not two places.
func (s *story) mergeByHand(from, into [2]string) {
	merge, err := s.Engine.PlanMerge(s.rt.Context(), s.Link, from[0], into[0])
	if err != nil {
		return
	}
	if err := s.Engine.MergeWarehouses(s.rt.Context(), s.Link, merge); err != nil {
		s.rt.Fatalf("merge of %v into %v: %v", from, into, err)
	}
	s.writes++
}

// reconnect leaves the mapping alone, whatever the generation of the install.
func (s *story) reconnect() {
	before := s.Names()
	s.Connect()
	if !slices.Equal(before, s.Names()) {
		s.rt.Fatalf("after reconnecting: %v", s.Names())
	}
}

// faultyRead fails after some of the records; nothing may come of it.
func (s *story) faultyRead() {
	before := s.Digest()
	s.Shop.FailAfter = rapid.IntRange(1, 30).Draw(s.rt, "after")
	_, _, err := s.Preview(importer.Choices{})
	failed := s.Shop.FailAfter == 0
	s.Shop.FailAfter = 0
	if failed == (err == nil) {
		s.rt.Fatalf("the shop failed: %v, and the preview: %v", failed, err)
	}
	if s.Digest() != before {
		s.rt.Fatal("a preview that failed wrote the catalogue")
	}
}

// crash leaves a run unfinished, with everything that it had written so far.
func (s *story) crash() {
	before := s.Digest()
	_, plan, err := s.Preview(importer.Choices{})
	if err != nil {
		s.rt.Fatal(err)
	}
	catalog, err := s.Engine.Catalog(s.rt.Context(), s.Link)
	if err != nil {
		s.rt.Fatal(err)
	}
	run, err := s.Engine.BeginRun(s.rt.Context(), importer.NewRun(importer.KindImport, s.Link, s.Clock()))
	if err != nil {
		s.rt.Fatal(err)
	}
	runner := applying.Runner{Catalog: crashCatalog{catalog}, Workspace: s.Engine, Report: runs.Silent{}, Now: s.Clock}
	if _, err := runner.Apply(s.rt.Context(), run, plan); !errors.Is(err, errCrash) {
		s.rt.Fatalf("the crash came out as %v", err)
	}
	if s.Digest() != before {
		s.rt.Fatal("a run that crashed wrote the catalogue")
	}
}

// crashCatalog is a catalogue whose transactions end before they are committed.
type crashCatalog struct{ importer.Catalog }

func (c crashCatalog) InTransaction(ctx context.Context, work func(importer.CatalogWriter) error) error {
	return c.Catalog.InTransaction(ctx, func(to importer.CatalogWriter) error {
		if err := work(to); err != nil {
			return err
		}
		return errCrash
	})
}

// importPart imports some of the resources.
func (s *story) importPart() {
	resources := rapid.SampledFrom([][]connector.Resource{
		{connector.Products}, {connector.Stock}, {connector.Warehouses, connector.Stock}, {connector.Products, connector.Categories}, {connector.Warehouses},
	}).Draw(s.rt, "resources")
	s.importOf(resources, importer.Choices{})
}

func pickKey[V any](rt *rapid.T, from map[string]V) string {
	if len(from) == 0 {
		return ""
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(from))).Draw(rt, "which")
}

func editOne[V any](rt *rapid.T, of map[string]V, change func(*V)) {
	if key := pickKey(rt, of); key != "" {
		value := of[key]
		change(&value)
		of[key] = value
	}
}
