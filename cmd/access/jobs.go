package access

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Jobs is what a command does its jobs with: the open state file, the shops behind it,
// and who sits in front.
type Jobs struct {
	Access     *Access
	State      StateFile
	Progress   *progress.Reporter
	Standstill time.Duration // of a bulk operation, as it was chosen
	Yes        bool          // it was said beforehand
}

// WithJobs opens the state file for the jobs that are done with it.
func WithJobs(ctx context.Context, p *Access, do func(*Jobs) error) error {
	db, err := p.OpenToWrite(ctx)
	if err != nil {
		return err
	}
	j := &Jobs{Access: p, State: db, Progress: p.Face.NewProgress()}
	p.Face.Drawn = j.Progress
	defer j.Progress.Done()
	return do(j)
}

// Env is what a job is done with.
func (j *Jobs) Env() job.Env {
	p := j.Access
	env := job.Env{
		State: j.State, Shops: j, Operator: j, Listener: face.Listener{Reporter: j.Progress, Face: p.Face},
		Now: p.Face.Env.Now, User: p.Face.Env.User, Program: terminal.Version(), Room: p.TempFolder().Check, Classify: exit.FaultOf,
	}
	if p.Face.InFleet == nil { // else what was typed is for several stores
		env.Again = p.Face.TypedLine().Again
	}
	return env
}

// Source is the shop of a connector, to be read.
func (j *Jobs) Source(c connector.Connector, reader importer.Reader) (importer.Source, error) {
	return j.Access.ShopOf(j.State, c, Approach{reader: reader, standstill: j.bulkPatience(), waiting: j.Progress.Waiting})
}

// Contact keeps what was learned of the shop of a connector.
func (j *Jobs) Contact(c connector.Connector) (job.Contact, error) {
	return j.Access.Service(j.State, c.Provider)
}

// bulkPatience is how long a bulk operation may stand still: as long as anything,
// unless somebody chose.
func (j *Jobs) bulkPatience() time.Duration {
	if j.Standstill != UsualStandstill {
		return j.Standstill
	}
	return min(j.Standstill, j.Access.patience.Limit())
}
