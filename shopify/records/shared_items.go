package records

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// SharedItems counts the variants whose inventory item another variant has too: there are so
// many fewer items than variants. A variant that was read twice counts too. It is safe for
// concurrent use.
type SharedItems struct {
	intake importer.Intake

	mu    sync.Mutex
	seen  *repeats.Finder
	n     int
	known chan struct{} // closed when n is known
}

// NewSharedItems returns one that keeps items in sorters of an intake.
func NewSharedItems(intake importer.Intake) *SharedItems {
	return &SharedItems{intake: intake, seen: repeats.NewFinder(intake.NewSorter()), known: make(chan struct{})}
}

// Add adds the inventory item of a variant, by its id.
func (s *SharedItems) Add(item string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.AddID(item)
}

// Restart forgets all items, because the variants are read once more.
func (s *SharedItems) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.seen.Close() // what it holds is dropped
	s.seen = repeats.NewFinder(s.intake.NewSorter())
}

// Settle counts, once all variants were read.
func (s *SharedItems) Settle() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n, err = s.seen.CountRepeats()
	close(s.known)
	return err
}

// CountShared waits until all variants were read and returns the count.
func (s *SharedItems) CountShared(ctx context.Context) (int, error) {
	select {
	case <-s.known:
		return s.n, nil
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// Close drops the items.
func (s *SharedItems) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Close()
}
