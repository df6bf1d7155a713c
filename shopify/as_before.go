package shopify

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/shopify/bulk"
)

// asBefore finds out whether a shop gives what the snapshot before was made of: the same
// results of bulk operations, and the same records by pages. Most shops do most of the
// time, and then nothing is decoded.
type asBefore struct {
	before  map[string]string // digests of what was given then, by name
	columns func() string     // that are read without
	pages   *pageSum

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
	document document
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

func newAsBefore(before map[string]string, pages *pageSum, columns func() string) *asBefore {
	return &asBefore{before: before, pages: pages, columns: columns, given: map[string]string{}, known: make(chan struct{})}
}

// expect begins to wait for so many lists. Where there is nothing to compare with, all
// is given as it comes.
func (b *asBefore) expect(lists int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.missing = lists; b.before == nil {
		b.settle(false)
	}
}

func (b *asBefore) settle(same bool) {
	select {
	case <-b.known:
	default:
		b.same = same
		close(b.known)
	}
}

// knows reports whether the snapshot before was made of such a result, so that it was
// verified then.
func (b *asBefore) knows(d document, digest string) bool { return b.before[d.name()] == digest }

// differs says that something is not as before, or may not be.
func (b *asBefore) differs() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settle(false)
}

// falls says that a list is read in another way than it should be.
func (b *asBefore) falls() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fell = true
	b.settle(false)
}

// arrive is called when all of a list is here. It gives the records, unless all lists
// turn out to be as before.
func (b *asBefore) arrive(ctx context.Context, give func(context.Context) error, files ...result) error {
	l := heldList{files, give}
	b.note(files)
	select {
	case <-b.known:
	case <-ctx.Done():
		l.close()
		return context.Cause(ctx)
	}
	if b.hold(l) {
		return nil
	}
	defer l.close()
	return give(ctx)
}

func (b *asBefore) note(files []result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, file := range files {
		b.given[file.document.name()] = file.Digest
		if !b.knows(file.document, file.Digest) {
			b.settle(false)
		}
	}
	if b.missing--; b.missing == 0 {
		b.settle(maps.Equal(b.everything(), b.before))
	}
}

// everything is all that was given until now.
func (b *asBefore) everything() map[string]string {
	all := maps.Clone(b.given)
	all[givenByPages], all[notGiven] = b.pages.sum(), b.columns()
	return all
}

func (b *asBefore) hold(l heldList) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.same {
		b.held = append(b.held, l)
	}
	return b.same
}

// giveAll gives what was held, because something else is not as before.
func (b *asBefore) giveAll(ctx context.Context) error {
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

// end tells what was given in all, nil when that cannot be told, and whether it is as
// before.
func (b *asBefore) end(ctx context.Context) (given map[string]string, same bool, err error) {
	b.mu.Lock()
	same = b.same
	if given = b.everything(); b.fell || b.missing > 0 {
		given = nil
	}
	b.mu.Unlock()
	if same && !maps.Equal(given, b.before) {
		return given, false, b.giveAll(ctx)
	}
	return given, same, nil
}

// Close drops what was held.
func (b *asBefore) Close() {
	for _, l := range b.held {
		l.close()
	}
}

// pageSum stands for records that came by pages, in any order.
type pageSum struct {
	mu    sync.Mutex
	parts [sha256.Size / 8]uint64
}

// add takes a record; a nil sum takes none.
func (s *pageSum) add(record any) {
	if s == nil {
		return
	}
	text, err := json.Marshal(record)
	if err != nil {
		panic("shopify: " + err.Error()) // no record holds what is no JSON
	}
	hash := sha256.Sum256(fmt.Appendf(nil, "%T %s", record, text))
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.parts {
		s.parts[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
}

func (s *pageSum) sum() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum []byte
	for _, part := range s.parts {
		sum = binary.BigEndian.AppendUint64(sum, part)
	}
	return hex.EncodeToString(sum)
}
