package state

import (
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// A run that died has read nothing that counts, whatever it had begun; while it is at
// work nothing is left out yet but what it never was to read.
func TestARunThatDiedHasReadNothing(t *testing.T) {
	b := newBench(t, stocked(1, 3))
	run := importer.NewRun(importer.KindImport, b.link, b.db.now())
	run.WillRead(b.link, []connector.Resource{connector.Products, connector.Stock})
	run.StartedBy = "ann@desk"
	run, err := b.db.Begin(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	lock := b.db.StoreLock(linked)
	if err := lock.Take(t.Context(), "an import"); err != nil {
		t.Fatal(err)
	}
	tell := func() string {
		found, err := b.db.Run(t.Context(), "main", run.ID)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(found.Status, " ", found.StartedBy, " ", found.Resources)
		for _, n := range found.NotRead {
			text += " " + n.Resource + ":" + string(n.Why)
		}
		return text
	}
	if got, want := tell(), "running ann@desk [products stock] categories:not_asked_for warehouses:not_asked_for"; got != want {
		t.Errorf("at work: %s", got)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	const died = "interrupted ann@desk [products stock] products:failed_before categories:not_asked_for warehouses:not_asked_for stock:failed_before"
	if got := tell(); got != died {
		t.Errorf("dead: %s", got)
	}
	if _, err := b.db.Begin(t.Context(), importer.NewRun(importer.KindPreview, b.link, b.db.now())); err != nil {
		t.Fatal(err)
	}
	if got := tell(); got != died {
		t.Errorf("marked by the next run: %s", got)
	}
}

// The age of what a run did not read goes on from where it was.
func TestAPartMakesNothingElseLookFresh(t *testing.T) {
	b := newBench(t, stocked(1, 3))
	b.run()
	before, err := b.db.Freshness(t.Context(), b.link)
	if err != nil || len(before) != 4 {
		t.Fatal(before, err)
	}
	_, plan, err := b.previewOf([]connector.Resource{connector.Products, connector.Warehouses}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	run, err := b.apply(plan)
	if err != nil {
		t.Fatal(err)
	}
	after, err := b.db.Freshness(t.Context(), b.link)
	if err != nil {
		t.Fatal(err)
	}
	for _, resource := range connector.Resources() {
		read := resource == connector.Products || resource == connector.Warehouses
		if moved := after[resource].AsOf.After(before[resource].AsOf); moved != read || after[resource].ImportedAt.Equal(before[resource].ImportedAt) == read {
			t.Errorf("%s: from %v to %v", resource, before[resource], after[resource])
		}
	}
	if run.AsOf == nil || !run.AsOf.Equal(plan.AsOf) {
		t.Errorf("read as of %v, want %v", run.AsOf, plan.AsOf)
	}
}
