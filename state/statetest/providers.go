package statetest

import (
	"errors"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Beside links the store of a Bench to a shop of another provider, which calls its
// records by the same ids.
func (b *Bench) Beside(provider string, shop *Shelf) *Bench {
	b.t.Helper()
	other := *b
	other.Shop = shop
	other.connectTo(provider, "other.example.com")
	return &other
}

func twoProviders(t *testing.T, open Open) (one, other *Bench) {
	one = NewBench(t, open, Stocked(1, 3))
	return one, one.Beside("madeup", Stocked(2, 4))
}

func (b *Bench) newestSnapshot() string {
	b.t.Helper()
	snapshot, err := b.Engine.LastSnapshot(b.t.Context(), b.Link.ID())
	if err != nil {
		b.t.Fatal(err)
	}
	return snapshot.Info().Run
}

// Each provider of a store meets what it had itself, and no other's.
func TestTwoProvidersOfOneStoreKeepApart(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	first, second := one.Run(), other.Run()
	if got := one.newestSnapshot(); got != first.Plan {
		t.Errorf("the newest snapshot of the one is of %s, not of %s", got, first.Plan)
	}
	if got := other.newestSnapshot(); got != second.Plan {
		t.Errorf("the newest snapshot of the other is of %s, not of %s", got, second.Plan)
	}
	for b, id := range map[*Bench]string{one: first.ID, other: second.ID} {
		if last, err := b.Engine.LastRun(t.Context(), b.Link.ID(), importer.KindImport); err != nil || last == nil || last.ID != id {
			t.Errorf("the last import of %s is %v: %v", b.Link.Provider, last, err)
		}
		if again := b.Run(); again.Counts.RowWrites() != 0 {
			t.Errorf("a rerun of %s writes: %+v", b.Link.Provider, again.Counts)
		}
	}
	for b, n := range map[*Bench]int{one: 3, other: 4} {
		if had := len(b.Rows(importer.Products)); had != n {
			t.Errorf("%s has %d products", b.Link.Provider, had)
		}
		again := b.Run()
		if counts := again.Counts.Of(importer.Products); counts.Read != n || counts.Unchanged != n {
			t.Errorf("%s: %+v", b.Link.Provider, counts)
		}
		if former, err := b.catalog().FormerShops(t.Context()); err != nil || len(former) > 0 {
			t.Errorf("%s takes over from %v: %v", b.Link.Provider, former, err)
		}
	}
}

// Places of two providers that have one id are two: each holds its own stock.
func TestStockLiesAtAPlaceOfItsProvider(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	one.Run()
	other.Run()
	stock, err := one.Engine.StockByPlace(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	levels := map[int]int{} // by how many of them lie at a place
	warehouses, err := one.Engine.Warehouses(t.Context(), "main")
	for _, w := range warehouses {
		place := w.Place()
		listed, err := one.Engine.CountRows(t.Context(), importer.Stock, importer.ListFilter{Store: "main", At: &place})
		if held := stock[place].Levels; err != nil || held != listed {
			t.Errorf("%s holds %d levels, and %d are listed: %v", w.Name, held, listed, err)
		}
		levels[stock[place].Levels]++
		delete(stock, place)
	}
	if err != nil || len(stock) > 0 || levels[6] != 2 || levels[8] != 2 {
		t.Errorf("%v, left %v: %v", levels, stock, err)
	}
}

// What one provider's runs push out is its own.
func TestPruningLeavesAnotherProvidersRunsAlone(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	first := one.Run()
	_, plan, err := one.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	var others []string
	for range 6 {
		others = append(others, other.Run().Plan)
	}
	if err := one.Engine.PruneRuns(t.Context(), other.Link.ID(), 1); err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{first.Plan, plan.ID} {
		if _, err := one.Engine.Snapshot(t.Context(), run); err != nil {
			t.Errorf("the snapshot of %s: %v", run, err)
		}
		if _, err := one.Engine.Plan(t.Context(), run); err != nil {
			t.Errorf("the plan of %s: %v", run, err)
		}
	}
	kept := 0
	for _, run := range others {
		if _, err := other.Engine.Snapshot(t.Context(), run); err == nil {
			kept++
		}
	}
	if kept > 2 {
		t.Errorf("%d snapshots of the other are kept", kept)
	}
}

// A run of one provider is neither kept out, nor called dead, by a run of another one.
func TestRunsOfTwoProvidersGoSideBySide(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	lock := one.Engine.StoreLock(one.Link.ID())
	if err := lock.Take(t.Context(), "a preview"); err != nil {
		t.Fatal(err)
	}
	defer lock.Release() //nolint:errcheck // of a test
	run, err := one.Engine.BeginRun(t.Context(), importer.NewRun(importer.KindPreview, one.Link, one.Clock()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Previewer(one.catalog()).Stager.Read(t.Context(), &run, one.Link, connector.Resources()); err != nil {
		t.Fatal(err)
	}
	turn := other.Engine.StoreLock(other.Link.ID())
	if err := turn.Take(t.Context(), "an import"); err != nil {
		t.Fatalf("the other waits: %v", err)
	}
	defer turn.Release() //nolint:errcheck // of a test
	if died, err := other.Engine.DeadRuns(t.Context(), other.Link.ID()); err != nil || len(died) > 0 {
		t.Errorf("dead for the other: %v, %v", died, err)
	}
	other.Run()
	found, err := one.Engine.Run(t.Context(), "main", run.ID)
	if err != nil || found.Status != importer.Running {
		t.Errorf("the run is %s: %v", found.Status, err)
	}
	if _, err := one.Engine.Snapshot(t.Context(), run.ID); err != nil {
		t.Errorf("what it had read is gone: %v", err)
	}
}

// What a run had read when it was cut off is taken up by its own provider, whatever
// another one did since.
func TestWhatWasCutOffIsLeftToItsProvider(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	run, err := one.Engine.BeginRun(t.Context(), importer.NewRun(importer.KindPreview, one.Link, one.Clock()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Previewer(one.catalog()).Stager.Read(t.Context(), &run, one.Link, connector.Resources()); err != nil {
		t.Fatal(err)
	}
	run.Status = importer.Interrupted
	if err := one.Engine.EndRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	other.Run()
	if left, err := one.Engine.Leftover(t.Context(), one.Link.ID()); err != nil || left.Info().Run != run.ID {
		t.Errorf("left to the one: %v", err)
	}
	if _, err := other.Engine.Leftover(t.Context(), other.Link.ID()); !errors.Is(err, importer.ErrNotKept) {
		t.Errorf("left to the other: %v", err)
	}
}

// A record is called what its own provider calls it.
func TestNamesAreThoseOfTheProvider(t *testing.T, open Open) {
	one, other := twoProviders(t, open)
	id := "gid://shopify/Product/0"
	p := other.Shop.Products[id]
	p.Title = "Of the other"
	other.Shop.Products[id] = p
	one.Run()
	other.Run()
	if name := one.Engine.RecordName(t.Context(), one.Link.ID(), importer.Products, id); name == "Of the other" || name == "" {
		t.Errorf("the one's is called %q", name)
	}
	if name := one.Engine.RecordName(t.Context(), other.Link.ID(), importer.Products, id); name != "Of the other" {
		t.Errorf("the other's is called %q", name)
	}
}
