package state

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// olderFile opens a copy of a state file of schema 17, of which chunks are kept as edits of
// others: a live connector,
// two imports, of which the second found few changes, a local edit, and a preview.
func olderFile(t *testing.T, name string, now *time.Time) *DB {
	t.Helper()
	packed, err := os.Open(filepath.Join("..", "testdata", "state", name))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	file, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path, WithClock(func() time.Time { *now = now.Add(time.Second); return *now }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// What earlier programs stored goes on to be of use: a plan is applied, what it was made
// of is compared with the rows, and local edits are told from changes in the shop.
func TestFilesOfEarlierProgramsWork(t *testing.T) {
	ctx := t.Context()
	for _, name := range []string{"chunks-as-edits.db.gz"} {
		now := time.Date(2026, 11, 30, 10, 50, 0, 0, time.UTC)
		db := olderFile(t, name, &now)
		link, err := db.Connector(ctx, "main", "shopify")
		if err != nil {
			t.Fatal(err)
		}
		catalog, err := db.Catalog(ctx, link)
		if err != nil {
			t.Fatal(err)
		}
		plan := lastPlan(t, db)
		if drifted := countChanges(t, db, plan, importer.Variants, func(c importer.Change) bool { return c.Drifted }); drifted != 1 {
			t.Errorf("%s: %d local edits", name, drifted)
		}
		run, err := db.BeginRun(ctx, importer.NewRun(importer.KindImport, link, db.place.Now()))
		if err != nil {
			t.Fatal(err)
		}
		runner := applying.Runner{Catalog: catalog, Workspace: db, Report: runs.Silent{}, Now: db.settings.now}
		if run, err = runner.Apply(ctx, run, plan); err != nil || run.Counts.Of(importer.Variants).Updated != 2 || run.Counts.Of(importer.Stock).Updated != 1 {
			t.Fatalf("%s: %v, %+v", name, err, run.Counts)
		}
		replayed := importer.NewRun(importer.KindPreview, link, db.place.Now())
		if replayed, err = db.BeginRun(ctx, replayed); err != nil {
			t.Fatal(err)
		}
		previewer := job.Previewer{
			Stager:  staging.Stager{Program: "test", Workspace: db, Report: runs.Silent{}, Now: db.settings.now},
			Planner: planning.Planner{Catalog: catalog, Workspace: db, Report: runs.Silent{}, Now: db.settings.now},
		}
		again, err := previewer.Replay(ctx, &replayed, link, plan.Snapshot, nil, importer.Choices{})
		if err != nil || again.Counts.RowWrites() != 0 || again.Counts.Of(importer.Stock).Unchanged == 0 || len(again.Dropped) > 0 {
			t.Errorf("%s: %v, %+v, dropped %v", name, err, again.Counts, again.Dropped)
		}
	}
}

// lastPlan is the plan of the newest run.
func lastPlan(t *testing.T, db *DB) importer.Plan {
	t.Helper()
	run, err := db.LastRun(t.Context(), linked, importer.KindPreview)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := db.Plan(t.Context(), run.Plan)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func countChanges(t *testing.T, db *DB, plan importer.Plan, table *importer.Table, is func(importer.Change) bool) (n int) {
	t.Helper()
	for change, err := range db.Changes(t.Context(), plan.ID, table) {
		if err != nil {
			t.Fatal(err)
		}
		if is(change) {
			n++
		}
	}
	return n
}
