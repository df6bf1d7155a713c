package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// storeJob is a job with its flags, which runs in one store or in each of several.
type storeJob interface {
	add(cmd *cobra.Command)                                                       // its flags
	ready(p *access.Access) error                                                 // checks the flags, before anything is opened
	do(ctx context.Context, j *access.Jobs) (job.Report, error)                   // does the job in the store of the settings
	show(ctx context.Context, j *access.Jobs, report job.Report, err error) error // shows what became of it
	exit(report job.Report) error                                                 // the exit status when do returned no error
}

// doJob does a job in one store and shows what became of it, even when Ctrl-C stopped it.
func doJob(ctx context.Context, p *access.Access, f storeJob) error {
	if err := f.ready(p); err != nil {
		return err
	}
	return access.WithJobs(ctx, p, func(j *access.Jobs) error {
		report, err := f.do(ctx, j)
		j.Progress.Done()
		last, cancel := connector.LastWords(ctx)
		defer cancel()
		if err := f.show(last, j, report, err); err != nil {
			return err
		}
		return f.exit(report)
	})
}
