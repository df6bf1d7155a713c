package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

type reconcileFlags struct {
	readFlags
	changes  bool
	exitCode bool
	metrics  metricsFile
	report   reportFlags
	fleet    fleetFlags
	want     job.Selection // what the flags ask for
}

func reconcileCommand(p *access.Access) *cobra.Command {
	var f reconcileFlags
	cmd := &cobra.Command{
		Use:     "reconcile",
		GroupID: "import",
		Short:   "Read the shop again and compare it with every row",
		Long: `Read the shop again and compare it with every row of the catalogue; nothing is
written into it. For each resource it tells how many records are equal, different,
only in the shop and only in the store, with totals of both sides, and for each
difference who moved: the shop changed since the last run, the store was edited
since, both, or the last run rejected it. If it was neither, that is a reconciliation
bug, and a warning says so. --changes lists the differences, store -> shop.

Exit statuses: 0 done, 3 there are differences and --exit-code was given, 4 not
connected or a scope is missing, 7 temporary, 11 another run holds the store.`,
		Example: `  eshopctl reconcile --store main
  eshopctl reconcile --store main --only stock --changes
  eshopctl reconcile --store main --exit-code -o json
  eshopctl reconcile --store main -o html --out report.html
  eshopctl reconcile --all-stores --exit-code`,
		Args: usage.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := f.fleet.check(p, args)
			if err == nil {
				err = f.report.check(p)
			}
			if err != nil {
				return err
			}
			return withMetrics(cmd.Context(), p, f.metrics, func() error {
				switch {
				case all && (f.changes || p.Face.Settings.Output == "html"):
					return usage.Fault(connector.Typed("reconcile", "--all-stores").Next(), "--changes and reports are for one store")
				case all:
					return forAll(p, cmd, f.fleet, func() storeJob { return &reconcileFlags{} })
				}
				return doJob(cmd.Context(), p, &f)
			})
		},
	}
	f.add(cmd)
	return cmd
}

func (f *reconcileFlags) add(cmd *cobra.Command) {
	f.readFlags.add(cmd)
	f.metrics.add(cmd)
	f.report.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVar(&f.changes, "changes", false, "list the differences by record and field")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "exit with 3 when there are differences")
}

// ready makes the request from the flags.
func (f *reconcileFlags) ready(*access.Access) (err error) {
	f.want, err = f.wanted()
	return err
}

func (f *reconcileFlags) do(ctx context.Context, j *access.Jobs) (job.Report, error) {
	c, err := j.Access.ChosenStore().Connector(ctx, j.State, "")
	if err != nil {
		return job.Report{}, err
	}
	j.Standstill = f.standstill
	return job.Reconcile(ctx, j.Env(), c, f.want)
}

func (f *reconcileFlags) show(ctx context.Context, j *access.Jobs, report job.Report, err error) error {
	p, db := j.Access, j.State
	if err != nil {
		return p.Face.ShowFailed(report.Run, err)
	}
	p.Face.NoteRunDeed(report.Run, "compared shop and store")
	if p.Face.Settings.Output == "html" {
		return writeReport(ctx, p, db, report.Run, f.report)
	}
	return showRun(ctx, p, db, report.Run, f.changes)
}

// exit is the exit status of a reconciliation that succeeded.
func (f *reconcileFlags) exit(report job.Report) error {
	if f.exitCode && report.Run.DifferentRecords() > 0 {
		return exit.Status(exit.Different)
	}
	return nil
}
