package state

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/state/statetest"
)

// The log is emptied also when somebody reads of it for a while.
func TestTheLogIsWipedWhenReadersAreDone(t *testing.T) {
	ctx := context.Background()
	b := newBench(t, statetest.NewShelf(1))
	reading, err := b.db.place.Read().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRowContext(ctx, "SELECT count(*) FROM holders").Scan(&n); err != nil {
		t.Fatal(err)
	}
	lock := b.db.StoreLock(linked) // writes who holds it
	if err := lock.Take(ctx, "something"); err != nil {
		t.Fatal(err)
	}
	defer lock.Release() //nolint:errcheck // the test ends
	time.AfterFunc(time.Second, func() { reading.Rollback() })
	if err := b.db.place.WipeLog(ctx); err != nil {
		t.Fatal(err)
	}
	if log, err := os.Stat(b.db.Path() + "-wal"); err != nil || log.Size() != 0 {
		t.Errorf("the log: %v, %v", log, err)
	}
}
