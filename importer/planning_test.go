package importer_test

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
)

// manyLevels are enough for chunks of which most is as it was.
const manyLevels = 150

// Every level above zero counts, and once, however its chunk came about: it is what
// --max-zeroed is a part of.
func TestLevelsAboveZeroAreCountedOnce(t *testing.T) {
	t.Parallel()
	for name, digested := range map[string]bool{"taken": true, "read anew": false} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, newShop(manyLevels))
			b.shop.digested = digested
			b.run()
			if _, plan := b.preview(importer.Choices{}); plan.InStock != manyLevels || plan.Had["stock"] != manyLevels || plan.Zeroed != 0 {
				t.Errorf("nothing changed: %d of %d in stock, %d zeroed", plan.InStock, plan.Had["stock"], plan.Zeroed)
			}
			b.shop.levels[70].Available = importer.Units(0)
			b.shop.levels[71].Available = importer.Units(7)
			_, plan := b.preview(importer.Choices{})
			if plan.InStock != manyLevels || plan.Had["stock"] != manyLevels || plan.Zeroed != 1 || plan.Counts.Of(importer.Stock).Updated != 2 {
				t.Errorf("two changed: %d of %d in stock, %d zeroed, %+v", plan.InStock, plan.Had["stock"], plan.Zeroed, plan.Counts.Of(importer.Stock))
			}
			percent := planning.Limit{Set: true, N: 0, Percent: true}
			if err := (planning.Guards{Zeroed: percent}).Check(plan); codeOf(err) != connector.GuardTripped {
				t.Errorf("no guard: %v", err)
			}
			if _, err := b.apply(plan); err != nil {
				t.Fatal(err)
			}
			if _, plan := b.preview(importer.Choices{}); plan.InStock != manyLevels-1 || plan.Counts.RowWrites() != 0 {
				t.Errorf("afterwards: %d in stock, %+v", plan.InStock, plan.Counts.Of(importer.Stock))
			}
		})
	}
}

func TestLocalEditsAreSeenBesideWhatIsAlike(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(manyLevels))
	b.shop.digested = true
	b.run()
	b.sql("UPDATE stock SET available = 99 WHERE inventory_item_id = ?", item(30))
	b.shop.levels[90].Available = importer.Units(1)
	run := b.run()
	if c := run.Counts.Of(importer.Stock); c.Updated != 2 || c.Drifted != 1 || c.Unchanged != manyLevels-2 {
		t.Errorf("%+v", c)
	}
	for n, want := range map[int]string{30: "5", 90: "1", 31: "5"} {
		if got := b.value(importer.Stock, level(n), "available"); got != want {
			t.Errorf("%d: %s available, want %s", n, got, want)
		}
	}
}

// What the shop gave once more means another price in another currency.
func TestPricesAreInTheCurrencyOfTheRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.shop.digested = true
	b.run()
	b.shop.info.Currency = "USD"
	for i := range b.shop.variants {
		b.shop.variants[i].Currency = "USD"
	}
	b.connect()
	if run := b.run(); run.Counts.Of(importer.Variants).Updated != 3 {
		t.Errorf("%+v", run.Counts.Of(importer.Variants))
	}
	if currency := b.value(importer.Variants, variant(1), "currency"); currency != "USD" {
		t.Errorf("the price is in %s", currency)
	}
}

// Nobody may plan from what another shop showed, or from less than was asked for.
func TestReplaysAreOfTheSameShop(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	run := b.run(connector.Products, connector.Categories)
	replay := func(c connector.Connector, asked ...connector.Resource) ([]connector.Resource, error) {
		return staging.ReplayResources(t.Context(), b.db, c, run.Plan, asked)
	}
	if found, err := replay(b.link); err != nil || !slices.Equal(found, []connector.Resource{connector.Products, connector.Categories}) {
		t.Errorf("all that it holds: %v, %v", found, err)
	}
	if _, err := replay(b.link, connector.Products, connector.Stock); codeOf(err) != connector.Usage {
		t.Errorf("stock that it does not hold: %v", err)
	}
	other := b.link
	other.AccountID = "gid://shopify/Shop/2"
	if _, err := replay(other); codeOf(err) != connector.Usage {
		t.Errorf("another shop: %v", err)
	}
}

// another is a shop of another account, with n products of the same ids.
func another(n int) *shop {
	s := newShop(n)
	s.info.AccountID, s.info.Domain = "gid://shopify/Shop/2", "new.myshopify.com"
	return s
}

func TestATakeoverCountsWhatIsThere(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(4))
	b.run()
	b.shop.drop(3)
	b.run()
	b.shop = another(1)
	b.connect()
	_, plan := b.preview(importer.Choices{})
	if plan.Takeover == nil || *plan.Takeover != (importer.Takeover{From: "tea.myshopify.com", Products: 3, Matching: 1}) {
		t.Errorf("%+v", plan.Takeover)
	}
	if c := plan.Counts.Of(importer.Products); c.Missing != 3 || c.Created != 1 {
		t.Errorf("%+v", c)
	}
}

// What another shop left is nothing that this one has to look at again.
func TestRowsOfAnotherAccountAreNotLeftAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(4))
	b.run()
	b.shop = another(1)
	b.connect()
	if run := b.run(); run.Counts.Of(importer.Products).Missing != 4 {
		t.Fatalf("%+v", run.Counts.Of(importer.Products))
	}
	for _, table := range importer.Tables() {
		for d := range must(b, b.catalog().Deviations(t.Context(), table)) {
			t.Errorf("%s %s deviates: %+v", table.Name, importer.ShowKey(d.Key), d)
		}
	}
}

func TestStockOfAClosedLocation(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.shop.warehouses[0].Active = false
	b.shop.levels[0].Available, b.shop.levels[0].OnHand = importer.Units(5), importer.Units(5)
	b.shop.levels[1].Available, b.shop.levels[1].OnHand = importer.Units(0), importer.Units(2)
	b.shop.levels[2].Available, b.shop.levels[2].OnHand = importer.Units(0), importer.Units(0)
	run := b.run()
	for n, want := range []bool{true, true, false} {
		if active := b.value(importer.Stock, level(n), "active"); active != "false" {
			t.Errorf("level %d is active: %s", n, active)
		}
		if said := b.said(run.Plan, importer.WarnStockInactive, level(n)); said != want {
			t.Errorf("level %d: told is %t", n, said)
		}
	}
}
