package statetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// TestRunsAreFound: by id, by a beginning of it that no other has and as the latest; lists
// begin with the newest.
func TestRunsAreFound(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	first, second := b.Run(), b.Run()
	if found, err := b.Engine.Run(t.Context(), "", first.ID); err != nil || found.ID != first.ID {
		t.Errorf("by id: %s, %v", found.ID, err)
	}
	if found, err := b.Engine.Run(t.Context(), "main", "latest"); err != nil || found.ID != second.ID {
		t.Errorf("the latest: %s, %v", found.ID, err)
	}
	if _, err := b.Engine.Run(t.Context(), "main", commonBeginning(first.ID, second.ID)); !errors.Is(err, importer.ErrSeveralRuns) {
		t.Errorf("by what both begin with: %v", err)
	}
	for _, id := range []string{"", "nothing", first.ID + "0"} {
		if _, err := b.Engine.Run(t.Context(), "main", id); !errors.Is(err, importer.ErrNoRun) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := b.Engine.Run(t.Context(), "other", first.ID); !errors.Is(err, importer.ErrNoRun) {
		t.Errorf("of another store: %v", err)
	}
	for what, c := range map[string]struct {
		filter importer.RunFilter
		want   string
	}{
		"imports":  {importer.RunFilter{Store: "main", Kind: string(importer.KindImport)}, second.ID + " " + first.ID},
		"one":      {importer.RunFilter{Kind: string(importer.KindImport), Status: string(importer.Succeeded), Limit: 1}, second.ID},
		"no store": {importer.RunFilter{Store: "other"}, ""},
		"provider": {importer.RunFilter{Provider: "madeup"}, ""},
	} {
		var ids []string
		runs, err := b.Engine.Runs(t.Context(), c.filter)
		for _, run := range runs {
			ids = append(ids, run.ID)
		}
		if got := strings.Join(ids, " "); err != nil || got != c.want {
			t.Errorf("%s: %s, want %s, %v", what, got, c.want, err)
		}
	}
	if last, err := b.Engine.LastRun(t.Context(), b.Link.ID(), importer.KindReconcile); err != nil || last != nil {
		t.Errorf("the last of what never was: %v, %v", last, err)
	}
}

func commonBeginning(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// TestRunsOfADeadProcessAreInterrupted: what counts as running without its lock has died,
// and the next that begins notes it.
func TestRunsOfADeadProcessAreInterrupted(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	lock := b.Engine.StoreLock(b.Link.ID())
	if err := lock.Take(t.Context(), "an import"); err != nil {
		t.Fatal(err)
	}
	run := b.beginImport()
	status := func() importer.Status {
		found, err := b.another().Run(t.Context(), "main", run.ID)
		if err != nil {
			t.Fatal(err)
		}
		return found.Status
	}
	if got := status(); got != importer.Running {
		t.Errorf("at work it is %s", got)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if got := status(); got != importer.Interrupted {
		t.Errorf("dead it is %s", got)
	}
	if died, err := b.Engine.DeadRuns(t.Context(), b.Link.ID()); err != nil || len(died) != 1 || died[0] != run.ID {
		t.Errorf("died: %v, %v", died, err)
	}
	b.beginImport()
	if died, err := b.Engine.DeadRuns(t.Context(), b.Link.ID()); err != nil || len(died) != 1 || died[0] == run.ID {
		t.Errorf("after the next began: %v, %v", died, err)
	}
}

// TestARunThatDiedHasReadNothing: while a run is at work it left out what it never was to
// read, and when it died all the rest.
func TestARunThatDiedHasReadNothing(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 3))
	run := importer.NewRun(importer.KindImport, b.Link, b.Clock())
	run.WillRead(b.Link, []connector.Resource{connector.Products, connector.Stock})
	run.StartedBy = "ann@desk"
	run, err := b.Engine.BeginRun(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	lock := b.Engine.StoreLock(b.Link.ID())
	if err := lock.Take(t.Context(), "an import"); err != nil {
		t.Fatal(err)
	}
	tell := func() string {
		found, err := b.Engine.Run(t.Context(), "main", run.ID)
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
	b.beginImport()
	if got := tell(); got != died {
		t.Errorf("marked by the next run: %s", got)
	}
}

// TestPruneKeepsWhatIsNeeded: previews do not push out what the last import read and
// changed, nor a run whose warnings are accepted; all else goes, and no run with it.
func TestPruneKeepsWhatIsNeeded(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 3))
	baseline := b.Run()
	b.Shop.AddProduct(50)
	imported := b.Run()
	var old string
	for n := range job.RunsKept + 5 {
		preview, plan, err := b.Preview(importer.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		preview.Status, preview.AcceptedOf = importer.Succeeded, baseline.ID
		if err := b.Engine.EndRun(t.Context(), preview); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			old = plan.ID
		}
	}
	had, _ := b.Engine.Runs(t.Context(), importer.RunFilter{})
	if err := b.Engine.PruneRuns(t.Context(), b.Link.ID(), job.RunsKept); err != nil {
		t.Fatal(err)
	}
	for what, run := range map[string]string{"the last import": imported.Plan, "the accepted run": baseline.Plan} {
		if _, err := b.Engine.Plan(t.Context(), run); err != nil {
			t.Errorf("the plan of %s: %v", what, err)
		}
	}
	if _, err := b.Engine.Snapshot(t.Context(), imported.Plan); err != nil {
		t.Errorf("the snapshot of the last import: %v", err)
	}
	if _, err := b.Engine.Plan(t.Context(), old); !errors.Is(err, importer.ErrNotKept) {
		t.Errorf("an old plan: %v", err)
	}
	for _, err := range b.Engine.Changes(t.Context(), old, importer.Products) {
		t.Errorf("a change of an old plan: %v", err)
	}
	if _, err := b.Engine.Snapshot(t.Context(), old); !errors.Is(err, importer.ErrNotKept) {
		t.Errorf("an old snapshot: %v", err)
	}
	if runs, err := b.Engine.Runs(t.Context(), importer.RunFilter{}); err != nil || len(runs) != len(had) {
		t.Errorf("%d of %d runs are left: %v", len(runs), len(had), err)
	}
	if again := b.Run(); again.Counts.RowWrites() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// TestASnapshotForgetsItsOperations: what a shop gathered stands in the snapshot, and is
// not looked for again, whatever becomes of the run after that. Those of other shops stay.
func TestASnapshotForgetsItsOperations(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(12, 1))
	other := b.Link
	other.AccountID = "gid://shopify/Shop/2"
	for _, link := range []connector.Connector{b.Link, other} {
		ledger := b.Engine.Operations(link)
		if id, noted, err := ledger.FindOperation(t.Context(), "{ products }"); id != "" || !noted.IsZero() || err != nil {
			t.Errorf("of %s before: %q, %v, %v", link.AccountID, id, noted, err)
		}
		if err := ledger.NoteOperation(t.Context(), "{ products }", "gid://shopify/BulkOperation/7"); err != nil {
			t.Fatal(err)
		}
		if id, noted, err := b.another().Operations(link).FindOperation(t.Context(), "{ products }"); id != "gid://shopify/BulkOperation/7" || noted.IsZero() || err != nil {
			t.Errorf("of %s, for another program: %q, %v, %v", link.AccountID, id, noted, err)
		}
	}
	if _, _, err := b.Preview(importer.Choices{}); err != nil {
		t.Fatal(err)
	}
	for link, want := range map[*connector.Connector]string{&b.Link: "", &other: "gid://shopify/BulkOperation/7"} {
		if id, _, err := b.Engine.Operations(*link).FindOperation(t.Context(), "{ products }"); id != want || err != nil {
			t.Errorf("of %s: %q, %v", link.AccountID, id, err)
		}
	}
	if err := b.Engine.Operations(other).ForgetOperation(t.Context(), "{ products }"); err != nil {
		t.Fatal(err)
	}
	if id, _, err := b.Engine.Operations(other).FindOperation(t.Context(), "{ products }"); id != "" || err != nil {
		t.Errorf("forgotten: %q, %v", id, err)
	}
}
