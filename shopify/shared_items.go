package shopify

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// sharedItems counts variants that have the inventory item of another one: so many
// fewer items than variants there are. A variant that came twice counts as well.
type sharedItems struct {
	intake importer.Intake

	mu    sync.Mutex
	seen  *bulk.Identities
	n     int
	known chan struct{} // closed when all variants are read
}

func newSharedItems(intake importer.Intake) *sharedItems {
	return &sharedItems{intake: intake, seen: bulk.NewIdentities(intake.NewSorter()), known: make(chan struct{})}
}

// add takes the item of a variant. What is no id is shared with nobody.
func (s *sharedItems) add(item string) error {
	if !isID(item) {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Add(bulk.Mark{ID: number(item)}, nil)
}

// restart forgets all, because the variants are read anew.
func (s *sharedItems) restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.seen.Close() // nothing in it is wanted
	s.seen = bulk.NewIdentities(s.intake.NewSorter())
}

// settle is called when all variants are read.
func (s *sharedItems) settle() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n, err = s.seen.Repeats()
	close(s.known)
	return err
}

// count waits until all variants are read.
func (s *sharedItems) count(ctx context.Context) (int, error) {
	select {
	case <-s.known:
		return s.n, nil
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// Close drops what was kept.
func (s *sharedItems) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Close()
}
