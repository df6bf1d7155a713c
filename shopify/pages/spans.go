package pages

import (
	"context"
	"fmt"
	"math"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// Cursors make one chain of a list's pages, in which each page waits for the one
// before. Where the budget gives back more points than such chains spend, a list is
// read in several spans at once: it is sorted by id, and the shop finds ids from a
// bound on (filter id of
// https://shopify.dev/docs/api/admin-graphql/latest/queries/products). A chain is
// never cut short before another one has shown that it reads the rest, so that a
// shop which does not know the filter is read all the same.

const (
	pagesInSpan = 2 // at least, or a span is not worth halving
)

// span is a stretch of a list that one chain of pages reads.
type span struct {
	above   uint64 // its ids are greater
	at      uint64 // the last id read
	upto    uint64 // greater ids are those of another span
	end     uint64 // no id is greater, as far as anybody knows
	records int    // read
}

func newSpan(above, upto uint64) *span { return &span{above: above, at: above, upto: upto, end: upto} }

// gap is the mean distance of its ids.
func (p *span) gap() uint64 { return max((p.at-p.above)/uint64(max(p.records, 1)), 1) }

// remaining is how many records it seems to have yet.
func (p *span) remaining() uint64 {
	if p.at >= p.end {
		return 0
	}
	return (p.end - p.at) / p.gap()
}

// spanPass is one pass over a root in spans.
type spanPass[D, T any] struct {
	rootList[D, T]
	reader *Reader
	total  int  // records, as the shop counts, once that is known
	alone  bool // one span only
	side   *errgroup.Group

	mu      sync.Mutex
	spans   []*span
	found   *repeats.Finder
	halving bool // a span is being halved
}

func (s *spanPass[D, T]) read(ctx context.Context) error {
	side, ctx := errgroup.WithContext(ctx)
	s.side = side
	all := newSpan(0, math.MaxUint64)
	s.spans = []*span{all}
	side.Go(func() error {
		before, err := s.reader.Counts.Before(ctx, s.count)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.total = before.Number()
		return err
	})
	side.Go(func() error {
		turns := s.newWalk(s.reader.client)
		page, err := turns.nextPage(ctx)
		if err != nil {
			return err
		}
		all.above = s.firstOf(page) - 1
		all.at = all.above
		return s.followSpan(ctx, all, turns, page)
	})
	return side.Wait()
}

// tellProgress tells how many records came. Some come twice where spans meet, so that it
// would seem that more came than there are.
func (s *spanPass[D, T]) tellProgress() {
	read := s.found.Added()
	if s.total > 0 {
		read = min(read, s.total)
	}
	s.reader.intake.Progress(s.tables[0], importer.PhaseReading, read, s.total)
}

// firstOf is the number of the first id of a page, 1 when it has none.
func (s *spanPass[D, T]) firstOf(p *records.Page[T]) uint64 {
	for _, node := range p.Nodes {
		if n, named := s.numberOf(node); named {
			return n
		}
	}
	return 1
}

// numberOf is the number in a record's id, if the id is one of its kind.
func (s *spanPass[D, T]) numberOf(node *T) (n uint64, named bool) {
	id := s.id(node)
	return gid.NumberOf(id), gid.HasKind(s.ids, id)
}

// followSpan reads a span, and halves it where that pays.
func (s *spanPass[D, T]) followSpan(ctx context.Context, own *span, turns *pageWalk[D, T], page *records.Page[T]) error {
	return turns.followPages(ctx, page, func(nodes []*T) bool {
		wanted, middle := s.noteNodes(own, nodes)
		if middle > 0 {
			s.side.Go(func() error { return s.halveSpan(ctx, own, middle) })
		}
		return wanted
	}, func(nodes []*T) error { return s.giveNodes(ctx, nodes) })
}

func (s *spanPass[D, T]) giveNodes(ctx context.Context, nodes []*T) error {
	if err := s.take(ctx, nodes); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, node := range nodes {
		if err := s.found.AddID(s.id(node)); err != nil {
			return err
		}
	}
	s.tellProgress()
	return nil
}

// noteNodes notes how far a span was read. It tells whether the next page belongs to
// it, and where it may be halved, 0 for nowhere.
func (s *spanPass[D, T]) noteNodes(own *span, nodes []*T) (wanted bool, middle uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, node := range nodes {
		id, named := s.numberOf(node)
		if !named {
			continue
		}
		s.alone = s.alone || id <= own.at // the list is not sorted by ids
		own.at = id
	}
	own.records += len(nodes)
	if own.upto <= own.at && own.upto < math.MaxUint64 {
		return false, 0
	}
	left := own.remaining()
	if own.end == math.MaxUint64 {
		left = s.unseenRecords(own)
	}
	if s.alone || s.halving || left < pagesInSpan*queries.PageSize || !s.reader.takeSpan(s.pagePrice()) {
		return true, 0
	}
	s.halving = true
	return true, own.at + left/2*own.gap()
}

// unseenRecords is how many records seem to lie in the last span, of which only their
// number is known.
func (s *spanPass[D, T]) unseenRecords(last *span) uint64 {
	left := s.total
	for _, p := range s.spans {
		left -= p.records
		if p != last {
			left -= int(p.remaining())
		}
	}
	return uint64(max(left, 0))
}

func (s *spanPass[D, T]) pagePrice() float64 {
	return s.reader.client.Price(s.document, s.pageVariables(queries.PageSize, ""))
}

// halveSpan reads the upper half of a span, if the shop finds it, and else leaves the
// span as it was.
func (s *spanPass[D, T]) halveSpan(ctx context.Context, own *span, middle uint64) error {
	defer s.reader.returnSpan()
	turns := s.withFilter(fmt.Sprintf("id:>=%d", middle+1)).newWalk(s.reader.client)
	page, err := turns.nextPage(ctx)
	half := s.upperHalf(own, middle, page, err)
	if half == nil {
		return context.Cause(ctx)
	}
	return s.followSpan(ctx, half, turns, page)
}

// upperHalf gives the upper half of a span, nil where that is not to be read: the
// shop did not find it, or it was reached meanwhile.
func (s *spanPass[D, T]) upperHalf(own *span, middle uint64, page *records.Page[T], err error) *span {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halving = false
	switch {
	case err != nil:
		s.alone = true
		return nil
	case len(page.Nodes) == 0:
		own.end = min(own.end, middle)
		return nil
	case s.firstOf(page) <= middle:
		s.alone = true
		return nil
	case s.alone || own.at >= middle:
		return nil
	}
	half := newSpan(middle, own.upto)
	half.end = own.end
	own.upto, own.end = middle, middle
	s.spans = append(s.spans, half)
	return half
}
