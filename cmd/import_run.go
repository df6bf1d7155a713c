package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/facts"
	"github.com/eshopos/eshopctl/importer/history"
	"github.com/eshopos/eshopctl/importer/job"
)

type runFlags struct {
	readFlags
	guardFlags
	failFlags
	choices    importer.Choices
	yes        bool
	newAccount bool
	maxPlanAge time.Duration
	metrics    metricsFile
	fleet      fleetFlags
	plan       string            // the plan to apply, "" to read the shop
	want       job.ImportRequest // what the flags ask for
}

func runCommand(p *access.Access) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [PLAN]",
		Short: "Apply a plan, or read, plan and apply",
		Long: `Apply the plan that a preview made, exactly as it was shown and without asking
the shop again; or, without PLAN, read the shop, plan and apply in one go.
Everything is written in one transaction: a run lands whole or not at all.

Guards stop a run before it writes anything. Their limits are numbers, or a
percentage of the records of that resource in the catalogue (for --max-zeroed: of
the tracked levels above zero), which does not apply below 20 of them. Half of a
record's parts gone since the last import stops it too, unless --max-missing is
off. --fail-on stops it for warnings; --accept-warnings-of RUN lets those pass that
RUN had as well (the same code about the same record).

Exit statuses: 0 done, 4 not connected or a scope is missing, 5 finished but some
records were rejected, 6 the plan is stale, 7 temporary, 8 a guard or --fail-on
stopped it and nothing was written, 11 another run holds the store.`,
		Example: `  eshopctl import run --store main
  eshopctl import run --store main latest
  eshopctl import run --store main 20261123-0944-k3f9wq2c --yes
  eshopctl import run --store main --yes --max-missing 10% -o json
  eshopctl import run --all-stores --yes
  eshopctl import run --store main --yes --fail-on W-STOCK-ZEROED,W-MISSING`,
		Args: usage.AtMostOneArg("PLAN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := f.fleet.check(p, args)
			if err != nil {
				return err
			}
			return withMetrics(cmd.Context(), p, f.metrics, func() error {
				switch {
				case all && !f.yes:
					return usage.Fault(usage.Again("--yes"), "--all-stores asks nothing: it needs --yes; look first with %s",
						plain.CommandLine(connector.Typed("import preview", "--all-stores")))
				case all:
					return forAll(p, cmd, f.fleet, func() storeJob { return &runFlags{} })
				}
				f.plan = strings.Join(args, "")
				return doJob(cmd.Context(), p, &f)
			})
		},
	}
	f.add(cmd)
	return cmd
}

func (f *runFlags) add(cmd *cobra.Command) {
	f.readFlags.add(cmd)
	addChoiceFlags(cmd, &f.choices)
	f.metrics.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVarP(&f.yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&f.newAccount, "account-change", false, "take the catalogue of another shop than the one imported before")
	usage.AddPeriod(cmd.Flags(), &f.maxPlanAge, "max-plan-age", facts.PlanAge, "refuse a plan that is older than this `AGE`")
	f.guardFlags.add(cmd)
	f.failFlags.add(cmd)
}

// ready makes the request from the flags.
func (f *runFlags) ready(p *access.Access) (err error) {
	limits, err := f.guardFlags.limits()
	if err != nil {
		return err
	}
	limits.NewAccount = f.newAccount
	if limits.FailOn.Codes, err = f.failFlags.parse(); err != nil {
		return err
	}
	if err := answerable(p, f.yes); err != nil {
		return err
	}
	f.want.Limits = limits
	f.want.Selection, err = f.wanted()
	f.want.Choices = f.choices
	return err
}

// answerable refuses a run whose question could not be answered, before anything is done.
func answerable(p *access.Access, yes bool) error {
	if yes || p.Face.CanAsk() {
		return nil
	}
	return usage.Fault(usage.Again("--yes"), "import run asks before it writes, and nobody can be asked here")
}

// do reads, plans and applies in one run, or applies the named plan.
func (f *runFlags) do(ctx context.Context, j *access.Jobs) (job.Report, error) {
	want := f.want
	j.Yes = f.yes
	var err error
	if want.Limits.FailOn, err = accepting(ctx, j, want.Limits.FailOn, f.accept); err != nil {
		return job.Report{}, err
	}
	if f.plan != "" {
		return f.apply(ctx, j, want)
	}
	c, err := j.Access.ChosenStore().Connector(ctx, j.State, "")
	if err != nil {
		return job.Report{}, err
	}
	j.Standstill = f.standstill
	return job.Import(ctx, j.Env(), c, want)
}

// apply applies a plan that a preview made.
func (f *runFlags) apply(ctx context.Context, j *access.Jobs, want job.ImportRequest) (job.Report, error) {
	p := j.Access
	plan, err := planNamed(ctx, j, f.plan)
	if err == nil {
		err = f.fit(plan, want.Asked)
	}
	if err != nil {
		return job.Report{}, err
	}
	p.Face.Settings.Store = plan.Store
	p.Face.Env.Args = p.Face.TypedLine().WithFlagNamed(f.plan, plan.ID) // "latest" may be another plan when this is typed again
	c, err := p.ChosenStore().Connector(ctx, j.State, "")
	if err != nil {
		return job.Report{}, err
	}
	return job.ApplyPlan(ctx, j.Env(), c, job.ApplyRequest{Plan: plan, MaxAge: f.maxPlanAge, Limits: want.Limits})
}

// fit refuses flags that differ from those the plan was made with: a plan is applied as it
// was shown.
func (f *runFlags) fit(plan importer.Plan, asked []connector.Resource) error {
	for flag, missed := range map[string]bool{
		"--keep-local-edits": f.choices.KeepLocalEdits && !plan.Choices.KeepLocalEdits,
		"--archive-missing":  f.choices.ArchiveMissing && !plan.Choices.ArchiveMissing,
		"--only " + f.only:   f.only != "" && !sameResources(asked, plan.Resources),
	} {
		if missed {
			return usage.Fault(importer.KindPreview.Command(plan.Store).With(strings.Fields(flag)...).Next(),
				"the plan %s was made without %s, and is applied as it was shown", plan.ID, flag)
		}
	}
	return nil
}

func sameResources(a, b []connector.Resource) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// planNamed finds a plan of the chosen store by its run id, a beginning of the id, or
// "latest" for the newest preview.
func planNamed(ctx context.Context, j *access.Jobs, id string) (importer.Plan, error) {
	p, db := j.Access, j.State
	if p.Face.Settings.Store == "" && id == "latest" {
		c, err := p.ChosenStore().Connector(ctx, db, "")
		if err != nil {
			return importer.Plan{}, err
		}
		p.Face.Settings.Store = c.Store
	}
	run, err := p.ChosenStore().RunOfPlan(ctx, db, id)
	if err != nil {
		return importer.Plan{}, err
	}
	plan, err := job.PlanOf(ctx, db, run)
	if err != nil {
		p.Face.Settings.Store = run.Store
	}
	return plan, err
}

// show shows how an import ended.
func (f *runFlags) show(ctx context.Context, j *access.Jobs, report job.Report, err error) error {
	p := j.Access
	if err != nil {
		return errors.Join(showTripped(ctx, j, report), p.Face.ShowFailed(report.Run, err))
	}
	p.Face.NoteRunDeed(report.Run, "was applied to store "+report.Run.Store)
	return showRun(ctx, p, j.State, report.Run, false)
}

// exit is the exit status of an import that ended well or in part.
func (f *runFlags) exit(report job.Report) error {
	if report.Run.Status == importer.Partial {
		return exit.Status(exit.Partial)
	}
	return nil
}

// showTripped lists the changes that tripped a guard.
func showTripped(ctx context.Context, j *access.Jobs, report job.Report) error {
	p, db, run := j.Access, j.State, report.Run
	if p.Face.Settings.IsForPrograms() || report.Tripped == nil {
		return nil
	}
	listed := history.ShownChanges(ctx, db, run.PlanID(), []*importer.Table{report.Tripped.Table}, "")
	if err := p.Face.View().Tell(changesOfRun(ctx, p, db, run, only(listed, report.Tripped.Selects))); err != nil {
		return err
	}
	fmt.Fprintln(p.Face.Env.Stdout)
	return nil
}
