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

// Comparison finds out whether a shop is as it was when the snapshot before was made: whether
// its bulk results and its records from pages are the same. Most shops are, most of the time,
// and then no line is decoded: the records of all lists are held back, and never given. It is
// safe for concurrent use.
type Comparison struct {
	before  map[string]string // digests of the snapshot before, by name; nil for none
	columns func() string     // names the columns that are not read
	pages   *records.Sum

	mu      sync.Mutex
	missing int               // number of lists whose results have not all arrived
	given   map[string]string // digests of the results that have arrived
	fell    bool              // a list was read by pages
	same    bool              // all is as before; false until known is closed
	known   chan struct{}     // closed when same is known
	held    []heldList

	late sync.Mutex // held while GiveAll gives
}

// result is the result of a bulk query.
type result struct {
	document queries.Document
	*bulk.Result
}

// heldList is a list whose results have arrived and whose records are held back.
type heldList struct {
	files []result
	give  func(context.Context) error
}

func (l heldList) close() {
	for _, file := range l.files {
		file.Close()
	}
}

// Names of the digests that are not of results.
const (
	givenByPages = "pages"
	notGiven     = "columns without"
)

// NewComparison returns a comparison with the digests of the snapshot before, nil for none.
// pages is the sum of the records from pages; columns names the columns that are not read.
func NewComparison(before map[string]string, pages *records.Sum, columns func() string) *Comparison {
	return &Comparison{before: before, pages: pages, columns: columns, given: map[string]string{}, known: make(chan struct{})}
}

// ExpectLists says how many lists will be read. It must be called before they are read.
func (b *Comparison) ExpectLists(lists int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.missing = lists; b.before == nil {
		b.settleOutcome(false)
	}
}

// settleOutcome says whether all is as before, if that is not known yet.
func (b *Comparison) settleOutcome(same bool) {
	select {
	case <-b.known:
	default:
		b.same = same
		close(b.known)
	}
}

// knowsResult reports whether the snapshot before was made of the result with this digest. The
// result was verified then.
func (b *Comparison) knowsResult(d queries.Document, digest string) bool {
	return b.before[d.Name()] == digest
}

// noteDifference notes that something differs, or may differ.
func (b *Comparison) noteDifference() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settleOutcome(false)
}

// NoteFallback notes that a list is read by pages, so that there is nothing to compare.
func (b *Comparison) NoteFallback() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fell = true
	b.settleOutcome(false)
}

// arriveWhole is called with all results of a list. It waits until it is known whether all lists
// are as before. If so it holds the list back, else it calls give.
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

// allDigests returns the digests of all that has arrived.
func (b *Comparison) allDigests() map[string]string {
	all := maps.Clone(b.given)
	all[givenByPages], all[notGiven] = b.pages.Text(), b.columns()
	return all
}

// holdList holds a list back and returns true, if all is as before.
func (b *Comparison) holdList(l heldList) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.same {
		b.held = append(b.held, l)
	}
	return b.same
}

// GiveAll gives all lists that are held back, because something else turned out to differ.
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

// EndReading returns the digests of all that was read, nil where a list was read by pages, and
// whether they are as before. If they are not it gives what was held back.
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

// Close drops what is held back.
func (b *Comparison) Close() {
	for _, l := range b.held {
		l.close()
	}
}
