package job

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
)

// Report is what became of a job.
type Report struct {
	Run     importer.Run           // without an id when the job was refused before it began
	Planned bool                   // the run has a plan
	Tripped *importer.TrippedError // the guard that stopped it, nil for none
}

// report is what became of the work by now. why is what it ended with.
func (w *work) report(why error) Report {
	r := Report{Run: w.run, Planned: w.planned}
	errors.As(why, &r.Tripped)
	return r
}
