package face

import (
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/importer/job"
)

// Listener tells on standard error how a job goes on.
type Listener struct {
	*progress.Reporter
	Face *Face
}

// Tell tells of an event.
func (l Listener) Tell(event job.Event) {
	switch e := event.(type) {
	case job.RunDied:
		l.Face.Note("Run %s died at work: %s. It wrote nothing into the catalogue; the store is taken over.", e.Run, e.Holder)
	case job.ReadTakenUp:
		l.Face.Note("Run %s had read the shop to its end when it was cut off, at %s: that is taken up. To read anew, preview again after this.",
			e.Run, e.FinishedAt.Format("15:04:05 UTC"))
	case job.PlanMade:
		l.Done()
		if question := e.Plan.TakeoverQuestion(); question != "" {
			l.Face.Note("%s", plain.Line(question))
		}
	case job.PlanKept:
		l.Face.Note("The plan is kept: %s", plain.CommandLine(e.Next))
	case job.CommitConfirmed:
		l.Face.Note("the commit reported an error, but it did happen: %s", exit.FaultOf(e.Err).Message)
	case job.PruneFailed:
		l.Face.Note("old snapshots and changes could not be dropped: %s", e.Err)
	}
}
