package cmd

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/shopify"
)

// jobs is what a command does its jobs with: the open state file, the shops behind it,
// and who sits in front.
type jobs struct {
	program    *program
	state      *jobState
	progress   *view.Progress
	standstill time.Duration // of a bulk operation, as it was chosen
}

// withJobs opens the state file for the jobs that are done with it.
func (p *program) withJobs(ctx context.Context, do func(*jobs) error) error {
	db, err := p.openToWrite(ctx)
	if err != nil {
		return err
	}
	j := &jobs{program: p, state: &jobState{db, p}, progress: p.newProgress()}
	p.drawn = j.progress
	defer j.progress.Done()
	return do(j)
}

// env is what a job is done with. Who has said yes beforehand is not asked.
func (j *jobs) env(yes bool) job.Env {
	p := j.program
	env := job.Env{
		State: j.state, Shops: j, Operator: j, Listener: listener{j.progress, p.note},
		Now: p.env.Now, User: p.env.User, Program: version(), Room: p.tempFolder().Check, Classify: faultOf,
	}
	if yes {
		env.Operator = job.Yes{}
	}
	if p.progress == nil { // else what was typed is for several stores
		env.Again = p.again
	}
	return env
}

// Source is the shop of a connector, to be read.
func (j *jobs) Source(c connector.Connector, reader importer.Reader) (importer.Source, error) {
	options := shopify.Options{Reader: reader, BulkPatience: j.bulkPatience()}
	return j.program.source(j.state.DB, c, options, j.progress.Waiting)
}

// Contact keeps what was learned of shops.
func (j *jobs) Contact() (job.Contact, error) { return j.program.service(j.state) }

// bulkPatience is how long a bulk operation may stand still: as long as anything,
// unless somebody chose.
func (j *jobs) bulkPatience() time.Duration {
	if j.standstill != shopify.DefaultBulkPatience {
		return j.standstill
	}
	return min(j.standstill, j.program.patience.Limit())
}

// Confirm shows what is about to be done and asks.
func (j *jobs) Confirm(ctx context.Context, q job.Question) error {
	j.progress.Done()
	plan, known := q.(job.WritePlan)
	if !known {
		return usage("--yes", "this needs an answer and cannot be asked here")
	}
	out := j.program.view()
	out.Out = j.program.env.Stderr // the answer to the command comes on standard output
	if err := out.Planned(plan.Preview, plan.Remarks); err != nil {
		return err
	}
	return j.program.confirm(ctx, "Write "+view.Counted(plan.Plan.Counts.Writes(), "change")+" into store "+plan.Plan.Store+"?", false)
}
