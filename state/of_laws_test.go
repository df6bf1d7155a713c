package state

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/statetest"
)

// linked is the connector of a bench.
var linked = connector.ID{Store: "main", Provider: "shopify"}

const (
	locationZero = "gid://shopify/Location/0"
	locationOne  = "gid://shopify/Location/1"
)

// bench is that of the law suite, with its state file.
type bench struct {
	*statetest.Bench
	t  statetest.Judge
	db *DB
}

// newBench links the store of an empty state file, on a real disk, to the shop.
func newBench(t testing.TB, shop *statetest.Shelf) *bench {
	t.Helper()
	b := &bench{t: t}
	b.Bench = statetest.NewBench(t, func(_ statetest.Judge, clock func() time.Time) statetest.Place {
		path := filepath.Join(t.TempDir(), "state.db")
		content, err := newFile()
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return placeAt(t, path, clock)
	}, shop)
	b.db = b.Engine.(*DB)
	return b
}

// newFile is what stands in a new state file. Making one takes longer than most tests
// of imports do: it is made once.
var newFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "eshopctl-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "state.db")
	db, err := Create(context.Background(), path)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// exec changes the state file as eshopctl itself does.
func (b *bench) exec(query string, args ...any) {
	b.t.Helper()
	err := b.db.place.Update(b.t.Context(), func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(b.t.Context(), query, args...)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}
