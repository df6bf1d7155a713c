package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

type previewFlags struct {
	readFlags
	failFlags
	fleet    fleetFlags
	want     job.PreviewRequest // what the flags ask for
	choices  importer.Choices
	changes  bool
	exitCode bool
	from     string
}

func previewCommand(p *access.Access) *cobra.Command {
	var f previewFlags
	cmd := &cobra.Command{
		Use:   "preview",
		Short: "Read the shop and show what an import would do",
		Long: `Read the shop, keep a snapshot of it and show what an import would create,
update, mark missing or reject. Nothing is written into the catalogue. The
preview is kept as a plan: "import run PLAN" applies exactly that.

Exit statuses: 0 done, 3 something would change and --exit-code was given, 4 not
connected or a scope is missing, 7 temporary, 8 there are warnings that --fail-on
names, 11 another run holds the store.`,
		Example: `  eshopctl import preview --store main
  eshopctl import preview --store main --changes
  eshopctl import preview --store main --only products,stock -o json
  eshopctl import preview --store main --from latest
  eshopctl import preview --all-stores --parallel 8
  eshopctl import preview --store main --fail-on any --accept-warnings-of latest`,
		Args: usage.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch all, err := f.fleet.check(p, args); {
			case err != nil:
				return err
			case all && f.changes:
				return usage.Fault(connector.Typed("import preview", "--all-stores").Next(),
					"--changes is for one store; the changes of each are kept: %s", plain.CommandLine(connector.Typed("runs changes", "RUN")))
			case all:
				return forAll(p, cmd, f.fleet, func() storeJob { return &previewFlags{} })
			}
			return doJob(cmd.Context(), p, &f)
		},
	}
	f.add(cmd)
	return cmd
}

func (f *previewFlags) add(cmd *cobra.Command) {
	f.readFlags.add(cmd)
	f.failFlags.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVar(&f.changes, "changes", false, "list the changes by record and field")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "exit with 3 when something would change")
	cmd.Flags().StringVar(&f.from, "from", "", "plan from the stored snapshot of this `RUN`, without the network")
	addChoiceFlags(cmd, &f.choices)
}

// ready makes the request from the flags.
func (f *previewFlags) ready(*access.Access) (err error) {
	if f.want.FailOn.Codes, err = f.failFlags.parse(); err != nil {
		return err
	}
	f.want.Selection, err = f.wanted()
	f.want.Choices = f.choices
	return err
}

// do looks up the runs that the flags name, and previews.
func (f *previewFlags) do(ctx context.Context, j *access.Jobs) (job.Report, error) {
	var err error
	want := f.want
	if want.FailOn, err = accepting(ctx, j, want.FailOn, f.accept); err != nil {
		return job.Report{}, err
	}
	if want.From, err = snapshotOf(ctx, j, f.from); err != nil {
		return job.Report{}, err
	}
	c, err := j.Access.ChosenStore().Connector(ctx, j.State, "")
	if err != nil {
		return job.Report{}, err
	}
	j.Standstill = f.standstill
	return job.Preview(ctx, j.Env(), c, want)
}

// snapshotOf is the id of the run whose snapshot the plan is made from, "" when the shop is
// to be read.
func snapshotOf(ctx context.Context, j *access.Jobs, named string) (string, error) {
	if named == "" {
		return "", nil
	}
	run, err := j.Access.ChosenStore().FindRun(ctx, j.State, named)
	if err != nil {
		return "", err
	}
	return job.SnapshotOf(ctx, j.State, run)
}

// show shows a preview. Of one that failed after its plan was made it shows the plan as
// well.
func (f *previewFlags) show(ctx context.Context, j *access.Jobs, report job.Report, err error) error {
	p := j.Access
	switch {
	case err != nil && report.Planned && report.Run.Error != nil && !p.Face.Settings.IsForPrograms():
		return errors.Join(showRun(ctx, p, j.State, report.Run, false), err)
	case err != nil:
		return p.Face.ShowFailed(report.Run, err)
	}
	p.Face.NoteRunDeed(report.Run, "is a preview, and its plan is kept")
	return showRun(ctx, p, j.State, report.Run, f.changes)
}

// exit is the exit status of a preview that succeeded.
func (f *previewFlags) exit(report job.Report) error {
	if f.exitCode && report.Run.Counts.RowWrites() > 0 {
		return exit.Status(exit.Different)
	}
	return nil
}
