package bulk

import (
	"context"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// List is a list that is read as one flat operation, its connections lifted out: lines
// of records, and of their parts, which may stand far from them.
type List struct {
	Query string
	Name  string // to people: "of stock"
	// Keys begins to look at the lines of a result from the first. What it returns
	// tells which record the next line is.
	Keys func() func(line []byte) (repeats.Key, error)
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

// NewDesk returns a desk whose files lie in temp. An operation that makes no progress for as
// long as patience is given up.
func NewDesk(shop Shop, ledger importer.Ledger, temp scratch.Folder, newSorter func() importer.Sorter, patience time.Duration) *Desk {
	return &Desk{shop: shop, ledger: ledger, temp: temp, newSorter: newSorter, patience: patience, watch: newWatch(shop)}
}

// Began is when the shop began to read, the zero time before it is known.
func (d *Desk) Began() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.began
}

// noteBegin keeps the earliest moment at which the shop began to read.
func (d *Desk) noteBegin(o *Operation) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.began.IsZero() || !o.CreatedAt.IsZero() && o.CreatedAt.Before(d.began) {
		d.began = o.CreatedAt
	}
}

// countWork counts operations that the shop began to work at, or ended.
func (d *Desk) countWork(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.active += n
}

// isBusy reports whether the shop works at any of this reading.
func (d *Desk) isBusy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.active > 0
}
