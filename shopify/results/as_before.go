package results

import (
	"context"
	"maps"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Comparison finds out whether a shop gives what the snapshot before was made of: the same
// results of bulk operations, and the same records by pages. Most shops do most of the
// time, and then nothing is decoded.
type Comparison struct {
	before  map[string]string // digests of what was given then, by name
	columns func() string     // that are read without
	pages   *records.Sum

	mu      sync.Mutex
	missing int               // lists of which not all is there yet
	given   map[string]string // digests of the results that are there
	fell    bool              // a list was not read as it should be
	same    bool
	known   chan struct{} // closed when it is known whether all is as before
	held    []heldList

	late sync.Mutex // whoever gives what was held has it
}

// result is what a bulk operation brought.
type result struct {
	document queries.Document
	*bulk.Result
}

// heldList is a list of which all is here, whose records were not given.
type heldList struct {
	files []result
	give  func(context.Context) error
}

func (l heldList) close() {
	for _, file := range l.files {
		file.Close()
	}
}

// Names of what is given beside the results.
const (
	givenByPages = "pages"
	notGiven     = "columns without"
)

// NewComparison compares with the digests of what was given before, nil for nothing; columns
// tells which are not read.
func NewComparison(before map[string]string, pages *records.Sum, columns func() string) *Comparison {
	return &Comparison{before: before, pages: pages, columns: columns, given: map[string]string{}, known: make(chan struct{})}
}

// ExpectLists begins to wait for so many lists. Where there is nothing to compare with, all
// is given as it comes.
func (b *Comparison) ExpectLists(lists int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.missing = lists; b.before == nil {
		b.settleOutcome(false)
	}
}

func (b *Comparison) settleOutcome(same bool) {
	select {
	case <-b.known:
	default:
		b.same = same
		close(b.known)
	}
}

// knowsResult reports whether the snapshot before was made of such a result, so that it was
// verified then.
func (b *Comparison) knowsResult(d queries.Document, digest string) bool {
	return b.before[d.Name()] == digest
}

// noteDifference says that something is not as before, or may not be.
func (b *Comparison) noteDifference() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settleOutcome(false)
}

// NoteFallback says that a list is read in another way than it should be.
func (b *Comparison) NoteFallback() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fell = true
	b.settleOutcome(false)
}

// arriveWhole is called when all results of a list are here. It waits until it is known
// whether all lists are as before, and gives the records unless they are.
func (b *Comparison) arriveWhole(ctx context.Context, give func(context.Context) error, files ...result) error {
	l := heldList{files, give}
	b.noteResults(files)
	select {
	case <-b.known:
	case <-ctx.Done():
		l.close()
		return context.Cause(ctx)
	}
	if b.holdList(l) {
		return nil
	}
	defer l.close()
	return give(ctx)
}

func (b *Comparison) noteResults(files []result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, file := range files {
		b.given[file.document.Name()] = file.Digest
		if !b.knowsResult(file.document, file.Digest) {
			b.settleOutcome(false)
		}
	}
	if b.missing--; b.missing == 0 {
		b.settleOutcome(maps.Equal(b.allDigests(), b.before))
	}
}

// allDigests is all that was given until now.
func (b *Comparison) allDigests() map[string]string {
	all := maps.Clone(b.given)
	all[givenByPages], all[notGiven] = b.pages.Text(), b.columns()
	return all
}

func (b *Comparison) holdList(l heldList) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.same {
		b.held = append(b.held, l)
	}
	return b.same
}

// GiveAll gives what was held, because something else is not as before.
func (b *Comparison) GiveAll(ctx context.Context) error {
	b.late.Lock()
	defer b.late.Unlock()
	b.mu.Lock()
	held := b.held
	b.held, b.same = nil, false
	b.mu.Unlock()
	all, ctx := errgroup.WithContext(ctx)
	for _, l := range held {
		all.Go(func() error {
			defer l.close()
			return l.give(ctx)
		})
	}
	return all.Wait()
}

// EndReading tells what was given in all, nil when that cannot be told, and whether it is as
// before.
func (b *Comparison) EndReading(ctx context.Context) (given map[string]string, same bool, err error) {
	b.mu.Lock()
	same = b.same
	if given = b.allDigests(); b.fell || b.missing > 0 {
		given = nil
	}
	b.mu.Unlock()
	if same && !maps.Equal(given, b.before) {
		return given, false, b.GiveAll(ctx)
	}
	return given, same, nil
}

// Close drops what was held.
func (b *Comparison) Close() {
	for _, l := range b.held {
		l.close()
	}
}
