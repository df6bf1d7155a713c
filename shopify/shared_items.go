package shopify

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/connector/scratch"
)

// sharedItems counts variants that have the inventory item of another one: so many
// fewer items than variants there are. A variant that came twice counts as well.
type sharedItems struct {
	mu    sync.Mutex
	seen  *doubles
	temp  scratch.Folder
	n     int
	known chan struct{} // closed when all variants are read
}

func newSharedItems(temp scratch.Folder) *sharedItems {
	return &sharedItems{temp: temp, seen: newDoubles(temp), known: make(chan struct{})}
}

// add takes the item of a variant. What is no id is shared with nobody.
func (s *sharedItems) add(item string) error {
	if !isID(item) {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.add(mark{id: number(item)})
}

// restart forgets all, because the variants are read anew.
func (s *sharedItems) restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.seen.Close() // nothing in it is wanted
	s.seen = newDoubles(s.temp)
}

// settle is called when all variants are read.
func (s *sharedItems) settle() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.seen.all()
	s.n = s.seen.repeats
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
