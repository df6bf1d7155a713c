package state

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// hazard S9
func TestBackup(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 40))
	b.Run()
	path := filepath.Join(t.TempDir(), "copy.db")
	ctx := context.Background()
	unfinished, err := b.db.file.BeginImport(ctx) // a run at work holds the file's write lock
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unfinished.ExecContext(ctx, "UPDATE products SET title = 'never committed'"); err != nil {
		t.Fatal(err)
	}
	size, err := b.db.Backup(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	unfinished.End()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != size {
		t.Errorf("%v, %v, %d bytes", info, err, size)
	}
	copied, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	for _, table := range importer.Tables() {
		filter := importer.ListFilter{Store: "main"}
		want, err := b.db.CountRows(ctx, table, filter)
		got, copyErr := copied.CountRows(ctx, table, filter)
		if err != nil || copyErr != nil || got != want || want == 0 {
			t.Errorf("%s: %d rows, want %d, %v, %v", table.Name, got, want, err, copyErr)
		}
	}
	if n, err := copied.CountRows(ctx, importer.Products, importer.ListFilter{Store: "main", Search: "never committed"}); n != 0 || err != nil {
		t.Errorf("%d rows of a transaction that did not commit, %v", n, err)
	}
	if _, err := b.db.Backup(ctx, path); !isFault(err, connector.Usage, "exists") {
		t.Errorf("a second backup of that name: %v", err)
	}
}

// A copy of a file in which a constraint was damaged, or a row that it forbids
// stands, is not kept.
//
// hazard P9
func TestBackupOfBrokenConstraint(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 4))
	b.Run()
	b.loosely("PRAGMA ignore_check_constraints = 1; UPDATE runs SET status = 'half'")
	path := filepath.Join(t.TempDir(), "copy.db")
	if size, err := b.db.Backup(t.Context(), path); err == nil {
		t.Errorf("a copy of %d bytes was kept", size)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("there is a copy")
	}
}

// Whatever goes wrong, no file is left that somebody could take for a backup.
func TestBackupLeavesNothingBehind(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 40))
	b.Run()
	folder := t.TempDir()
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := b.db.Backup(stopped, filepath.Join(folder, "copy.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := b.db.Backup(context.Background(), filepath.Join(folder, "nowhere", "copy.db")); !isFault(err, connector.StateUnusable, "nowhere") {
		t.Errorf("no folder: %v", err)
	}
	if _, err := b.db.Backup(context.Background(), b.db.Path()+"-wal"); !isFault(err, connector.Usage, "") {
		t.Errorf("beside the state file: %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestInfo(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 40))
	b.Run()
	ctx := context.Background()
	lock := b.db.StoreLock(linked)
	if err := lock.Take(ctx, "a preview of store main"); err != nil {
		t.Fatal(err)
	}
	info, err := b.db.Info(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if info.Path != b.db.Path() || info.Bytes == 0 || info.Schema != ownSchema().Newest() || len(info.Stores) != 1 {
		t.Errorf("%+v", info)
	}
	store := info.Stores[0]
	if store.Store != "main" || store.Rows["products"] == 0 || store.Runs != 2 || len(store.Snapshots) != 1 {
		t.Errorf("%+v", store)
	}
	if len(info.Locks) != 1 || info.Locks[0].Name != "store-main@shopify" || info.Locks[0].PID != os.Getpid() || info.Locks[0].What != "a preview of store main" {
		t.Errorf("%+v", info.Locks)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if info, err = b.db.Info(ctx); err != nil || len(info.Locks) != 0 {
		t.Errorf("%+v, %v", info.Locks, err)
	}
}
