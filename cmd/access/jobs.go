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

// Jobs runs the use cases of importer/job for a command: with the open state file, the
// shops, and the operator at the terminal.
type Jobs struct {
	Access     *Access
	State      StateFile
	Progress   *progress.Reporter
	Standstill time.Duration // how long a bulk operation may stand still, as the flag says
	Yes        bool          // --yes was given
}

// WithJobs opens the state file to be written and calls do with it.
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

// Env is what every use case is called with.
func (j *Jobs) Env() job.Env {
	p := j.Access
	env := job.Env{
		State: j.State, Shops: j, Operator: j, Listener: face.Listener{Reporter: j.Progress, Face: p.Face},
		Now: p.Face.Env.Now, User: p.Face.Env.User, Program: terminal.Version(), Room: p.TempFolder().Check, Classify: exit.FaultOf,
	}
	if p.Face.InFleet == nil { // with --all-stores the command line is not for this store alone
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

// bulkPatience is how long a bulk operation may stand still: by default no longer than
// --patience.
func (j *Jobs) bulkPatience() time.Duration {
	if j.Standstill != UsualStandstill {
		return j.Standstill
	}
	return min(j.Standstill, j.Access.patience.Limit())
}
