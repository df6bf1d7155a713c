package job

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// Report is what became of a job.
type Report struct {
	Run     importer.Run           // without an id when the job was refused before it began
	Planned bool                   // the run has a plan
	Tripped *planning.TrippedError // the guard that stopped it, nil for none
}
