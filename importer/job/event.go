package job

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Event is something that happened on the way, which the report does not tell.
type Event interface{ isEvent() }

// RunDied: an earlier run of the store died at work. It wrote nothing.
type RunDied struct {
	Run    string
	Holder string // of the store's lock, which it was
}

// ReadTakenUp: a run that was cut off had read the shop to its end, and that is used.
type ReadTakenUp struct {
	Run        string
	FinishedAt time.Time // its reading
}

// PlanMade: the plan is made, and nothing of it is written yet.
type PlanMade struct{ Plan importer.Plan }

// PlanKept: the operator did not want the plan to be applied now. Next does it later.
type PlanKept struct{ Next connector.Command }

// CommitConfirmed: the commit reported an error, but it did happen.
type CommitConfirmed struct{ Err error }

// PruneFailed: what is kept of old runs could not be dropped.
type PruneFailed struct{ Err error }

func (RunDied) isEvent()         {}
func (ReadTakenUp) isEvent()     {}
func (PlanMade) isEvent()        {}
func (PlanKept) isEvent()        {}
func (CommitConfirmed) isEvent() {}
func (PruneFailed) isEvent()     {}
