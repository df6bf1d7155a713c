package cmd

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// jobs is what a command does its jobs with: the open state file, the shops behind it,
// and who sits in front.
type jobs struct {
	program    *program
	state      stateFile
	progress   *progress.Reporter
	standstill time.Duration // of a bulk operation, as it was chosen
	yes        bool          // it was said beforehand
}

// withJobs opens the state file for the jobs that are done with it.
func (p *program) withJobs(ctx context.Context, do func(*jobs) error) error {
	db, err := p.openToWrite(ctx)
	if err != nil {
		return err
	}
	j := &jobs{program: p, state: db, progress: p.face.NewProgress()}
	p.face.Drawn = j.progress
	defer j.progress.Done()
	return do(j)
}

// env is what a job is done with.
func (j *jobs) env() job.Env {
	p := j.program
	env := job.Env{
		State: j.state, Shops: j, Operator: j, Listener: face.Listener{Reporter: j.progress, Face: p.face},
		Now: p.face.Env.Now, User: p.face.Env.User, Program: version(), Room: p.tempFolder().Check, Classify: exit.FaultOf,
	}
	if p.face.InFleet == nil { // else what was typed is for several stores
		env.Again = p.face.Typed().Again
	}
	return env
}

// Source is the shop of a connector, to be read.
func (j *jobs) Source(c connector.Connector, reader importer.Reader) (importer.Source, error) {
	return j.program.shopOf(j.state, c, approach{reader: reader, standstill: j.bulkPatience(), waiting: j.progress.Waiting})
}

// Contact keeps what was learned of the shop of a connector.
func (j *jobs) Contact(c connector.Connector) (job.Contact, error) {
	return j.program.service(j.state, c.Provider)
}

// bulkPatience is how long a bulk operation may stand still: as long as anything,
// unless somebody chose.
func (j *jobs) bulkPatience() time.Duration {
	if j.standstill != usualStandstill {
		return j.standstill
	}
	return min(j.standstill, j.program.patience.Limit())
}
