package job

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Event is something that happened during a job and is not in its report. Events are called
// after what happened.
type Event interface{ isEvent() }

// RunDied says that an earlier run of the store died at work. It wrote nothing.
type RunDied struct {
	Run    string
	Holder string // who held the store's lock for it, in words
}

// ReadTakenUp says that a run which was cut off had read the shop to the end, and that its
// snapshot is used.
type ReadTakenUp struct {
	Run        string
	FinishedAt time.Time // when it had read the shop
}

// PlanMade says that the plan is made. Nothing of it is written yet.
type PlanMade struct{ Plan importer.Plan }

// PlanKept says that the operator did not want to apply the plan now. Next applies it
// later.
type PlanKept struct{ Next connector.Command }

// CommitConfirmed says that a commit happened although it reported an error.
type CommitConfirmed struct{ Err error }

// PruneFailed says that data of old runs could not be dropped.
type PruneFailed struct{ Err error }

func (RunDied) isEvent()         {}
func (ReadTakenUp) isEvent()     {}
func (PlanMade) isEvent()        {}
func (PlanKept) isEvent()        {}
func (CommitConfirmed) isEvent() {}
func (PruneFailed) isEvent()     {}
