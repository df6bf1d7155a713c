package shopify

import (
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// auto reads the way that is quicker, near a thousand records of a kind.
func TestTheQuickerWayIsForetold(t *testing.T) {
	standard := points(2000, 2000, 100)
	plus := points(20_000, 20_000, 1000)
	for _, c := range []struct {
		name                           string
		products, variants, categories int
		locations                      int
		budget                         client.Points
		want                           importer.Reader
	}{
		{"a small shop", 18, 26, 6, 3, standard, importer.ReaderPaged},
		{"a shop of some hundreds", 500, 900, 20, 2, standard, importer.ReaderPaged},
		{"just below", 900, 1000, 10, 1, standard, importer.ReaderPaged},
		{"just above", 1100, 1300, 10, 1, standard, importer.ReaderAuto},
		{"few products of many variants", 1244, 4969, 20, 2, standard, importer.ReaderAuto},
		{"a variant for each product", 2157, 2401, 30, 1, standard, importer.ReaderAuto},
		{"many variants of few products", 40, 2048, 3, 1, standard, importer.ReaderAuto},
		{"many categories", 300, 400, 600, 1, standard, importer.ReaderAuto},
		{"many locations", 800, 1000, 10, 200, standard, importer.ReaderAuto},
		{"another program used the budget up", 500, 900, 20, 2, points(2000, 0, 100), importer.ReaderAuto},
		{"a small shop whose budget is used up", 18, 26, 6, 3, points(2000, 0, 100), importer.ReaderPaged},
		{"two pages, the budget used up", 300, 500, 20, 2, points(2000, 0, 100), importer.ReaderPaged},
		{"Plus, small", 900, 1000, 10, 10, plus, importer.ReaderPaged},
		{"Plus, larger", 1500, 4000, 40, 10, plus, importer.ReaderAuto},
		{"a shop that tells of no budget", 900, 1000, 10, 1, client.Points{}, importer.ReaderPaged},
		{"a large one that tells of none", 20_000, 50_000, 100, 1, client.Points{}, importer.ReaderAuto},
		{"an empty shop", 0, 0, 0, 1, standard, importer.ReaderPaged},
	} {
		var f forecast
		f.addList(c.products, queries.Products.Ceiling(), 0)
		f.addList(c.variants, queries.Variants.Ceiling(), 0)
		f.addList(c.variants, itemsPrice(c.locations), 0)
		f.addList(c.categories, queries.Collections.Ceiling(), queries.CollectionProducts.Ceiling())
		if got := f.quickerReader(c.budget); got != c.want {
			t.Errorf("%s: %s (pages %v, bulk %v)", c.name, got, f.byPages(c.budget).Round(time.Millisecond),
				f.byBulk().Round(time.Millisecond))
		}
	}
}

func TestItemsPriceIsWhatTheyCost(t *testing.T) {
	if got, want := itemsPrice(queries.PageSize), queries.Inventory.Ceiling(); got != want {
		t.Errorf("levels of %d locations cost %v, the ceiling says %v", queries.PageSize, got, want)
	}
	for locations, want := range map[int]float64{0: 68, 1: 68, 2: 101, 10: 167, 50: 266} { // the last two as captured
		if got := itemsPrice(locations); got != want {
			t.Errorf("levels of %d locations cost %v, want %v", locations, got, want)
		}
	}
}

func points(most, left, rate float64) client.Points {
	return client.Points{MaximumAvailable: most, CurrentlyAvailable: left, RestoreRate: rate}
}
