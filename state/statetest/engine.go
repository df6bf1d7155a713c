package statetest

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Engine is all that is asked of an engine: the sum of the ports.
type Engine interface {
	connector.Registry
	job.State
	job.Ledgers
	job.PastRuns
	job.Rows
	job.Warehouses
	job.Facts
	Close() error
}

// Open makes an empty place whose programs take their times from clock. It is cleaned up
// when the test ends.
type Open func(t Judge, clock func() time.Time) Place

// Place is where one engine keeps everything. Several programs may be at work there.
type Place interface {
	// Open opens the place as one more program does.
	Open(ctx context.Context) (Engine, error)
	// Alter shows each row of a table to change, as a program beside eshopctl would: the
	// row becomes what it returns, and nil deletes it. All of it happens or nothing.
	Alter(ctx context.Context, t *importer.Table, change func(Row) Row) error
	// Put writes a row, in the place of the one that has its key if there is one.
	Put(ctx context.Context, t *importer.Table, row Row) error
	// Break has the storage fail in each transaction that begins from now on, until it is
	// mended.
	Break(Fault) (mend func())
}

// Row is a row as other programs see it: its columns by name, as the README documents
// them. A value is nil, an int64 (also for yes and no) or a string.
type Row map[string]any

// Fault is a way in which storage fails.
type Fault string

// The faults. After each of them an engine goes on as if nothing had been asked of it.
const (
	NoRoom   Fault = "no room is left"
	NoCommit Fault = "nothing can be committed"
)

// Judge is what a test has to say: *testing.T, or *rapid.T within a property.
type Judge interface {
	Helper()
	Context() context.Context
	Cleanup(func())
	Fatal(...any)
}
