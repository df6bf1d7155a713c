package state

import (
	"errors"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// beside links the store of a bench to a shop of another provider, which calls its
// records by the same ids.
func (b *bench) beside(provider string, shop *shelf) *bench {
	b.t.Helper()
	other := *b
	other.shop, other.link.Provider, other.link.AccountID = shop, provider, shop.id
	b.exec("INSERT INTO accounts (store, provider, external_id, domain, name, currency, linked_at) VALUES ('main', ?, ?, 'other', 'Other', 'EUR', '2026-11-24')", provider, shop.id)
	return &other
}

func twoProviders(t *testing.T) (one, other *bench) {
	one = newBench(t, stocked(1, 3))
	return one, one.beside("madeup", stocked(2, 4))
}

func (b *bench) newestSnapshot() string {
	b.t.Helper()
	snapshot, err := b.db.LastSnapshot(b.t.Context(), b.link.ID())
	if err != nil {
		b.t.Fatal(err)
	}
	return snapshot.Info().Run
}

// Each provider of a store meets what it had itself, and no other's.
func TestTwoProvidersOfOneStoreKeepApart(t *testing.T) {
	one, other := twoProviders(t)
	first, second := one.run(), other.run()
	if got := one.newestSnapshot(); got != first.Plan {
		t.Errorf("the newest snapshot of the one is of %s, not of %s", got, first.Plan)
	}
	if got := other.newestSnapshot(); got != second.Plan {
		t.Errorf("the newest snapshot of the other is of %s, not of %s", got, second.Plan)
	}
	for b, id := range map[*bench]string{one: first.ID, other: second.ID} {
		if last, err := b.db.LastRun(t.Context(), b.link.ID(), importer.KindImport); err != nil || last == nil || last.ID != id {
			t.Errorf("the last import of %s is %v: %v", b.link.Provider, last, err)
		}
		if again := b.run(); again.Counts.Writes() != 0 {
			t.Errorf("a rerun of %s writes: %+v", b.link.Provider, again.Counts)
		}
	}
	for b, n := range map[*bench]int{one: 3, other: 4} {
		if had := len(b.rows(importer.Products)); had != n {
			t.Errorf("%s has %d products", b.link.Provider, had)
		}
		again := b.run()
		if counts := again.Counts.Of(importer.Products); counts.Read != n || counts.Unchanged != n {
			t.Errorf("%s: %+v", b.link.Provider, counts)
		}
		if former, err := b.catalog().Former(t.Context()); err != nil || len(former) > 0 {
			t.Errorf("%s takes over from %v: %v", b.link.Provider, former, err)
		}
	}
}

// What one provider's runs push out is its own.
func TestPruningLeavesAnotherProvidersRunsAlone(t *testing.T) {
	one, other := twoProviders(t)
	first := one.run()
	_, plan, err := one.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	for range snapshotsKept + 1 {
		other.run()
	}
	if err := one.db.Prune(t.Context(), other.link.ID(), 1); err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{first.Plan, plan.ID} {
		if _, err := one.db.Snapshot(t.Context(), run); err != nil {
			t.Errorf("the snapshot of %s: %v", run, err)
		}
		if _, err := one.db.Plan(t.Context(), run); err != nil {
			t.Errorf("the plan of %s: %v", run, err)
		}
	}
	if kept := one.count("SELECT count(*) FROM snapshots JOIN runs ON runs.id = run WHERE provider = 'madeup'"); kept > 2 {
		t.Errorf("%d snapshots of the other are kept", kept)
	}
}

// A run of one provider is neither kept out, nor called dead, by a run of another one.
func TestRunsOfTwoProvidersGoSideBySide(t *testing.T) {
	one, other := twoProviders(t)
	lock := one.db.StoreLock(one.link.ID())
	if err := lock.Take(t.Context(), "a preview"); err != nil {
		t.Fatal(err)
	}
	defer lock.Release() //nolint:errcheck // of a test
	run, err := one.db.Begin(t.Context(), importer.NewRun(importer.KindPreview, one.link, one.db.now()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.previewer(one.catalog()).Read(t.Context(), &run, one.link, connector.Resources()); err != nil {
		t.Fatal(err)
	}
	turn := other.db.StoreLock(other.link.ID())
	if err := turn.Take(t.Context(), "an import"); err != nil {
		t.Fatalf("the other waits: %v", err)
	}
	defer turn.Release() //nolint:errcheck // of a test
	if died, err := other.db.Died(t.Context(), other.link.ID()); err != nil || len(died) > 0 {
		t.Errorf("dead for the other: %v, %v", died, err)
	}
	other.run()
	found, err := one.db.Run(t.Context(), "main", run.ID)
	if err != nil || found.Status != importer.Running {
		t.Errorf("the run is %s: %v", found.Status, err)
	}
	if _, err := one.db.Snapshot(t.Context(), run.ID); err != nil {
		t.Errorf("what it had read is gone: %v", err)
	}
}

// What a run had read when it was cut off is taken up by its own provider, whatever
// another one did since.
func TestWhatWasCutOffIsLeftToItsProvider(t *testing.T) {
	one, other := twoProviders(t)
	run, err := one.db.Begin(t.Context(), importer.NewRun(importer.KindPreview, one.link, one.db.now()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.previewer(one.catalog()).Read(t.Context(), &run, one.link, connector.Resources()); err != nil {
		t.Fatal(err)
	}
	run.Status = importer.Interrupted
	if err := one.db.End(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	other.run()
	if left, err := one.db.Leftover(t.Context(), one.link.ID()); err != nil || left.Info().Run != run.ID {
		t.Errorf("left to the one: %v", err)
	}
	if _, err := other.db.Leftover(t.Context(), other.link.ID()); !errors.Is(err, importer.ErrNotKept) {
		t.Errorf("left to the other: %v", err)
	}
}

// A record is called what its own provider calls it.
func TestNamesAreThoseOfTheProvider(t *testing.T) {
	one, other := twoProviders(t)
	id := "gid://shopify/Product/0"
	p := other.shop.products[id]
	p.Title = "Of the other"
	other.shop.products[id] = p
	one.run()
	other.run()
	if name := one.db.Name(t.Context(), one.link.ID(), importer.Products, id); name == "Of the other" || name == "" {
		t.Errorf("the one's is called %q", name)
	}
	if name := one.db.Name(t.Context(), other.link.ID(), importer.Products, id); name != "Of the other" {
		t.Errorf("the other's is called %q", name)
	}
}
