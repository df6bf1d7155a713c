package bulk

import (
	"context"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// List is a list that is read as one bulk operation. Its result has a line for each root
// record and for each part of one; a part may stand far from its root.
type List struct {
	Query string
	Name  string // for people, such as "of stock"
	// Keys begins to look at the lines of a result from the first. What it returns
	// tells which record the next line is.
	Keys func() func(line []byte) (repeats.Key, error)
	// Known reports whether a result with that digest was verified by an earlier reading;
	// nil knows none.
	Known func(digest string) bool
	// Check compares what an operation that has ended found with what the shop counts.
	Check func(context.Context, *Operation) error
	// Gathered is told how many roots the shop has found so far, Downloaded how many of all
	// have been downloaded.
	Gathered   func(roots int)
	Downloaded func(roots, all int)
}

// Desk runs the bulk operations of one reading. It is safe for concurrent use.
type Desk struct {
	shop      Shop
	ledger    importer.Ledger
	temp      scratch.Folder
	newSorter func() importer.Sorter
	patience  time.Duration
	watch     *watch

	starting sync.Mutex // held while an operation is started
	refusal  error      // of the shop, for all operations of this app; nil for none

	mu     sync.Mutex
	active int       // operations of this reading that run at the shop, or may
	began  time.Time // when the first of them was created, by the shop's clock
}

// NewDesk returns a desk that keeps files in temp. It cancels an operation that makes no
// progress for as long as patience.
func NewDesk(shop Shop, ledger importer.Ledger, temp scratch.Folder, newSorter func() importer.Sorter, patience time.Duration) *Desk {
	return &Desk{shop: shop, ledger: ledger, temp: temp, newSorter: newSorter, patience: patience, watch: newWatch(shop)}
}

// Began returns when the shop began to gather the first result, by its own clock: the zero
// time while no operation has ended.
func (d *Desk) Began() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.began
}

// noteBegin notes when an operation was created, if no other was created earlier.
func (d *Desk) noteBegin(o *Operation) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.began.IsZero() || !o.CreatedAt.IsZero() && o.CreatedAt.Before(d.began) {
		d.began = o.CreatedAt
	}
}

// countWork adds to the number of operations that run at the shop.
func (d *Desk) countWork(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.active += n
}

// isBusy reports whether the shop runs an operation of this reading.
func (d *Desk) isBusy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.active > 0
}
