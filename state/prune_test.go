package state

import (
	"errors"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/statetest"
)

func (b *bench) count(query string, args ...any) (n int) {
	b.t.Helper()
	if err := b.db.place.Read().QueryRowContext(b.t.Context(), query, args...).Scan(&n); err != nil {
		b.t.Fatal(err)
	}
	return n
}

// bytes is what the file holds, the records of runs left aside.
func (b *bench) bytes() int {
	return b.count("SELECT sum(pgsize) FROM dbstat WHERE name NOT IN (SELECT name FROM sqlite_schema WHERE tbl_name = 'runs')")
}

// hourly imports a shop that changed and tidies up, as every import does.
func (b *bench) hourly(hour int) importer.Run {
	b.t.Helper()
	for id, v := range b.Shop.Variants {
		v.Price = map[bool]string{true: "10.00", false: "11.00"}[hour%2 == 0]
		b.Shop.Variants[id] = v
	}
	run := b.Run()
	if err := b.db.PruneRuns(b.t.Context(), linked, job.RunsKept); err != nil {
		b.t.Fatal(err)
	}
	return run
}

// A job that runs every hour must not fill the disk.
func TestAnHourlyJobDoesNotFillTheDisk(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 120))
	var first, last importer.Run
	settled := 0
	for hour := range 70 {
		last = b.hourly(hour)
		switch hour {
		case 0:
			first = last
		case 30:
			settled = b.bytes()
		}
	}
	if size := b.bytes(); size > settled+settled/50 {
		t.Errorf("the file grew from %d to %d bytes in 40 runs that leave nothing behind but their records", settled, size)
	}
	if free := b.count("SELECT freelist_count FROM pragma_freelist_count"); free > b.count("SELECT page_count FROM pragma_page_count")/5 {
		t.Errorf("%d pages are free and not used again", free)
	}
	if n := b.count("SELECT count(*) FROM runs WHERE kind = 'import'"); n != 70 {
		t.Errorf("%d runs on record, want all 70", n)
	}
	if n := b.count("SELECT count(*) FROM snapshots"); n != snapshotsKept {
		t.Errorf("%d snapshots, want %d", n, snapshotsKept)
	}
	if n := b.count("SELECT count(*) FROM plans"); n > job.RunsKept {
		t.Errorf("%d plans, want %d at most", n, job.RunsKept)
	}
	if n := b.count("SELECT count(*) FROM chunks WHERE digest NOT IN (SELECT digest FROM snapshot_chunks)"); n != 0 {
		t.Errorf("%d chunks that nothing uses", n)
	}
	if _, err := b.db.Plan(t.Context(), last.Plan); err != nil {
		t.Errorf("the last run's changes: %v", err)
	}
	if _, err := b.db.Plan(t.Context(), first.Plan); !errors.Is(err, importer.ErrNotKept) {
		t.Errorf("the first run's changes: %v", err)
	}
}

// snapshotsKept are the newest that are kept of a connector.
const snapshotsKept = 5
