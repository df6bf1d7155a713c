package job

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Event is something that happened on the way, which the report does not tell.
type Event interface{ event() }

// Died: an earlier run of the store died at work. It wrote nothing.
type Died struct {
	Run    string
	Holder string // of the store's lock, which it was
}

// TakenUp: a run that was cut off had read the shop to its end, and that is used.
type TakenUp struct {
	Run        string
	FinishedAt time.Time // its reading
}

// Planned: the plan is made, and nothing of it is written yet.
type Planned struct{ Plan importer.Plan }

// PlanKept: the operator did not want the plan to be applied now. Next does it later.
type PlanKept struct{ Next connector.Command }

// Committed: the commit reported an error, but it did happen.
type Committed struct{ Err error }

// NotPruned: what is kept of old runs could not be dropped.
type NotPruned struct{ Err error }

func (Died) event()      {}
func (TakenUp) event()   {}
func (Planned) event()   {}
func (PlanKept) event()  {}
func (Committed) event() {}
func (NotPruned) event() {}
