package records

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// SharedItems counts variants that have the inventory item of another one: so many
// fewer items than variants there are. A variant that came twice counts as well.
type SharedItems struct {
	intake importer.Intake

	mu    sync.Mutex
	seen  *repeats.Finder
	n     int
	known chan struct{} // closed when all variants are read
}

// NewSharedItems keeps the items in sorters of an intake.
func NewSharedItems(intake importer.Intake) *SharedItems {
	return &SharedItems{intake: intake, seen: repeats.NewFinder(intake.NewSorter()), known: make(chan struct{})}
}

// Add takes the item of a variant. One without an id is shared with nobody.
func (s *SharedItems) Add(item string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.AddID(item)
}

// Restart forgets all, because the variants are read anew.
func (s *SharedItems) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.seen.Close() // nothing in it is wanted
	s.seen = repeats.NewFinder(s.intake.NewSorter())
}

// Settle is called when all variants are read.
func (s *SharedItems) Settle() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n, err = s.seen.CountRepeats()
	close(s.known)
	return err
}

// CountShared waits until all variants are read.
func (s *SharedItems) CountShared(ctx context.Context) (int, error) {
	select {
	case <-s.known:
		return s.n, nil
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// Close drops what was kept.
func (s *SharedItems) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Close()
}
