// Package bulk brings lists of a shop as bulk operations. It starts them side by side,
// waits until each has ended, downloads its result whole to a file, verifies it, and
// gives its lines once. How one speaks with the shop, what stands in a line and how to
// name to people what went wrong is known to whoever uses it.
package bulk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
)

// List is a list that is read as one flat operation, its connections lifted out: lines
// of records, and of their parts, which may stand far from them.
type List struct {
	Query string
	Name  string // to people: "of stock"
	// Marks begins to look at the lines of a result from the first, and tells which
	// record each is.
	Marks func() func(text []byte) (Mark, error)
	// Known reports whether a result with that digest was verified before; nil knows none.
	Known func(digest string) bool
	// Check holds what an operation found against what the shop counts.
	Check func(context.Context, *Operation) error
	// Gathered tells how many roots were found so far, Downloaded how many of all are here.
	Gathered   func(roots int)
	Downloaded func(roots, all int)
}

// Desk runs the operations of one reading.
type Desk struct {
	shop      Shop
	ledger    importer.Ledger
	temp      scratch.Folder
	newSorter func() importer.Sorter
	patience  time.Duration
	watch     *watch

	starting sync.Mutex // held by whoever asks for a start
	refusal  error      // of all operations of this app

	mu     sync.Mutex
	active int       // operations of this reading that the shop works at, or may
	began  time.Time // when the first of them did
}

// NewDesk returns a desk whose files lie in temp. patience is for an operation that makes
// no progress.
func NewDesk(shop Shop, ledger importer.Ledger, temp scratch.Folder, newSorter func() importer.Sorter, patience time.Duration) *Desk {
	return &Desk{shop: shop, ledger: ledger, temp: temp, newSorter: newSorter, patience: patience, watch: newWatch(shop)}
}

// Bring brings an operation to its end and its result here, verified; once more where
// that may help. An operation whose result is of no use is not worth picking up again.
func (d *Desk) Bring(ctx context.Context, l List) (*Result, error) {
	for attempt := 1; ; attempt++ {
		result, err := d.once(ctx, l)
		if err == nil || ctx.Err() != nil || !errors.Is(err, ErrUseless) {
			return result, err // it may be picked up later
		}
		if err := d.ledger.Forget(ctx, d.shop.Text(l.Query)); err != nil {
			return nil, err
		}
		if attempt == 2 || !errors.Is(err, ErrOnceMore) && !errors.Is(err, ErrBad) {
			return nil, err
		}
	}
}

func (d *Desk) once(ctx context.Context, l List) (*Result, error) {
	l.Gathered(0) // it may take long before the shop has anything to tell
	o, takenUp, err := d.begin(ctx, l.Query)
	if err != nil {
		return nil, err
	}
	if o, err = d.wait(ctx, o.ID, l.Gathered); err != nil {
		return nil, err
	}
	d.note(o)
	if err := failpoint.Reach("poll/completed"); err != nil {
		return nil, err
	}
	if err := l.Check(ctx, o); err != nil {
		return nil, err
	}
	result, err := d.download(ctx, l, o)
	if err != nil {
		return nil, err
	}
	result.TakenUp = takenUp
	return result, nil
}

// Began is when the shop began to read, the zero time before it is known.
func (d *Desk) Began() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.began
}

// note keeps the earliest moment at which the shop began to read.
func (d *Desk) note(o *Operation) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.began.IsZero() || !o.CreatedAt.IsZero() && o.CreatedAt.Before(d.began) {
		d.began = o.CreatedAt
	}
}
