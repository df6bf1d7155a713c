package job

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// Report is the result of a job.
type Report struct {
	Run     importer.Run           // without an id if the job was refused before it began
	Planned bool                   // the run has a plan
	Tripped *planning.TrippedError // the guard that stopped the run, nil if none did
}
