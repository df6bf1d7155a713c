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

// A page can only be asked for with the cursor of the page before it, so that the pages of
// a list form one chain of requests. Where the budget gives back more points than such
// chains spend, a list is read in several spans at once. It is sorted by id, and the filter
// id:>=N finds the records from an id on
// (https://shopify.dev/docs/api/admin-graphql/latest/queries/products). No chain ends before
// another one has shown that it reads the rest: a shop that does not know the filter is
// read in one chain.

// pagesInSpan is how many pages must be left of a span to make halving it worth a request.
const pagesInSpan = 2

// span is the part of a list that one chain of pages reads.
type span struct {
	above   uint64 // its ids are greater than this
	at      uint64 // the last id that was read
	upto    uint64 // greater ids belong to another span
	end     uint64 // no id of the list is known to be greater
	records int    // that were read
}

func newSpan(above, upto uint64) *span { return &span{above: above, at: above, upto: upto, end: upto} }

// gap returns the mean distance between its ids.
func (p *span) gap() uint64 { return max((p.at-p.above)/uint64(max(p.records, 1)), 1) }

// remaining estimates how many records are still to be read.
func (p *span) remaining() uint64 {
	if p.at >= p.end {
		return 0
	}
	return (p.end - p.at) / p.gap()
}

// spanPass reads a root list once, in as many spans as help.
type spanPass[D, T any] struct {
	rootList[D, T]
	reader *Reader
	side   *errgroup.Group // the chains of pages

	mu      sync.Mutex
	total   int // records, by the shop's count; 0 until that is known
	spans   []*span
	found   *repeats.Finder // ids of the records that were given
	alone   bool            // no span is halved
	halving bool            // a span is being halved
}

func (s *spanPass[D, T]) readAll(ctx context.Context) error {
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
		walk := s.newWalk(s.reader.client)
		page, err := walk.nextPage(ctx)
		if err != nil {
			return err
		}
		all.above = s.firstIn(page) - 1
		all.at = all.above
		return s.followSpan(ctx, all, walk, page)
	})
	return side.Wait()
}

// firstIn returns the number of the first id in a page, 1 when there is none.
func (s *spanPass[D, T]) firstIn(p *records.Page[T]) uint64 {
	for _, node := range p.Nodes {
		if n, named := s.numberOf(node); named {
			return n
		}
	}
	return 1
}

// numberOf returns the number in the id of a record, and whether the id is of the list's
// kind.
func (s *spanPass[D, T]) numberOf(node *T) (n uint64, named bool) {
	id := s.id(node)
	return gid.NumberOf(id), gid.HasKind(s.ids, id)
}

// followSpan reads a span from a page on, and halves it where that pays.
func (s *spanPass[D, T]) followSpan(ctx context.Context, own *span, walk *pageWalk[D, T], page *records.Page[T]) error {
	return walk.followPages(ctx, page, func(nodes []*T) bool {
		wanted, middle := s.noteNodes(own, nodes)
		if middle > 0 {
			s.side.Go(func() error { return s.halveSpan(ctx, own, middle) })
		}
		return wanted
	}, func(nodes []*T) error { return s.giveNodes(ctx, nodes) })
}

func (s *spanPass[D, T]) giveNodes(ctx context.Context, nodes []*T) error {
	if err := s.give(ctx, nodes); err != nil {
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

// tellProgress tells how many records were read. Where spans meet some are read twice, so
// that the sum may be above the shop's count.
func (s *spanPass[D, T]) tellProgress() {
	read := s.found.Added()
	if s.total > 0 {
		read = min(read, s.total)
	}
	s.reader.intake.ReportProgress(s.tables[0], importer.PhaseReading, read, s.total)
}

// noteNodes notes how far a span was read. It returns whether the next page belongs to the
// span, and the id at which to halve it, 0 for not at all.
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

// unseenRecords estimates how many records are left in the last span, whose greatest id is
// not known: those of the shop's count that are not in the other spans.
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

// halveSpan reads the upper half of a span. Where the shop does not find it the span stays
// as it was.
func (s *spanPass[D, T]) halveSpan(ctx context.Context, own *span, middle uint64) error {
	defer s.reader.returnSpan()
	walk := s.withFilter(fmt.Sprintf("id:>=%d", middle+1)).newWalk(s.reader.client)
	page, err := walk.nextPage(ctx)
	half := s.upperHalf(own, middle, page, err)
	if half == nil {
		return context.Cause(ctx)
	}
	return s.followSpan(ctx, half, walk, page)
}

// upperHalf cuts the upper half off a span, whose first page was asked for. It returns nil
// when that half is not to be read: the shop did not find it, or the span has reached it.
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
	case s.firstIn(page) <= middle: // the filter was ignored
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
