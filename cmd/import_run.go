package cmd

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state"
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
}

func (p *program) runCommand() *cobra.Command {
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
		Args: atMostOneArg("PLAN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := f.fleet.check(p, args)
			if err != nil {
				return err
			}
			return p.measured(cmd.Context(), f.metrics, func() error {
				switch {
				case all && !f.yes:
					return usage("--yes", "--all-stores asks nothing: it needs --yes; look first with eshopctl import preview --all-stores")
				case all:
					return p.forAll(cmd, f.fleet)
				}
				return p.runImport(cmd.Context(), f, strings.Join(args, ""))
			})
		},
	}
	f.readFlags.add(cmd)
	addChoiceFlags(cmd, &f.choices)
	f.metrics.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVarP(&f.yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&f.newAccount, "account-change", false, "take the catalogue of another shop than the one imported before")
	addPeriod(cmd.Flags(), &f.maxPlanAge, "max-plan-age", defaultPlanAge, "refuse a plan that is older than this `AGE`")
	f.guardFlags.add(cmd)
	f.failFlags.add(cmd)
	return cmd
}

// limits are all that can stop a run whose plan is made. It is refused before anything is
// done when the question that will come cannot be answered.
func (p *program) limits(f runFlags) (job.Limits, error) {
	limits, err := f.guardFlags.limits()
	if err != nil {
		return limits, err
	}
	limits.NewAccount = f.newAccount
	if limits.FailOn.Codes, err = f.failFlags.parse(); err != nil {
		return limits, err
	}
	return limits, p.answerable(f.yes)
}

// answerable refuses before anything is done when the question that will come
// cannot be answered.
func (p *program) answerable(yes bool) error {
	if yes || p.canAsk() {
		return nil
	}
	return usage("--yes", "import run asks before it writes, and nobody can be asked here")
}

// runImport reads, plans and applies as one run, or applies the plan that is named.
func (p *program) runImport(ctx context.Context, f runFlags, plan string) error {
	limits, err := p.limits(f)
	if err != nil {
		return err
	}
	want, err := f.wanted()
	if err != nil {
		return err
	}
	want.Choices = f.choices
	return p.withJobs(ctx, func(j *jobs) error {
		j.standstill = f.standstill
		var report job.Report
		limits.FailOn, err = j.accepting(ctx, limits.FailOn, f.accept)
		switch {
		case err != nil:
			return err
		case plan == "":
			report, err = j.importAll(ctx, f, job.ImportRequest{Wanted: want, Limits: limits})
		default:
			report, err = j.applyPlan(ctx, f, plan, want, limits)
		}
		if err := j.showImport(ctx, report, err); err != nil {
			return err
		}
		return exitOfImport(report)
	})
}

// exitOfImport is the exit status of an import that did its work.
func exitOfImport(report job.Report) error {
	if report.Run.Status == importer.Partial {
		return status(exitPartial)
	}
	return nil
}

func (j *jobs) importAll(ctx context.Context, f runFlags, want job.ImportRequest) (job.Report, error) {
	c, err := j.program.connectorOf(ctx, j.state.DB)
	if err != nil {
		return job.Report{}, err
	}
	return job.Import(ctx, j.env(f.yes), c, want)
}

// applyPlan applies a plan that a preview made.
func (j *jobs) applyPlan(ctx context.Context, f runFlags, named string, want job.Wanted, limits job.Limits) (job.Report, error) {
	p := j.program
	plan, err := j.planNamed(ctx, named)
	if err == nil {
		err = f.fit(plan, want)
	}
	if err != nil {
		return job.Report{}, err
	}
	p.config.Store = plan.Store
	p.env.Args = renamed(p.env.Args, named, plan.ID) // latest may be another one when this is typed again
	c, err := p.connectorOf(ctx, j.state.DB)
	if err != nil {
		return job.Report{}, err
	}
	return job.Apply(ctx, j.env(f.yes), c, job.ApplyRequest{Plan: plan, MaxAge: f.maxPlanAge, Limits: limits})
}

// fit refuses what was chosen when the plan was made otherwise: it is applied as
// it was shown.
func (f *runFlags) fit(plan importer.Plan, want job.Wanted) error {
	for flag, missed := range map[string]bool{
		"--keep-local-edits": f.choices.KeepLocalEdits && !plan.Choices.KeepLocalEdits,
		"--archive-missing":  f.choices.ArchiveMissing && !plan.Choices.ArchiveMissing,
		"--only " + f.only:   f.only != "" && !sameResources(want.Asked, plan.Resources),
	} {
		if missed {
			return usage(fmt.Sprintf("eshopctl import preview --store %s %s", plan.Store, flag),
				"the plan %s was made without %s, and is applied as it was shown", plan.ID, flag)
		}
	}
	return nil
}

func sameResources(a, b []connector.Resource) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// planNamed finds a plan by its run id, a beginning of it, or "latest", which is
// the newest preview's, and refuses one that does not belong to the chosen store.
func (j *jobs) planNamed(ctx context.Context, id string) (importer.Plan, error) {
	p, db := j.program, j.state.DB
	if p.config.Store == "" && id == "latest" {
		c, err := p.connectorOf(ctx, db)
		if err != nil {
			return importer.Plan{}, err
		}
		p.config.Store = c.Store
	}
	run, err := p.runOfPlan(ctx, db, id)
	if err != nil {
		return importer.Plan{}, err
	}
	plan, err := job.PlanOf(ctx, db, run)
	if err != nil {
		p.config.Store = run.Store
	}
	return plan, err
}

// runOfPlan finds the run that made a plan. A run that failed to apply the newest
// plan is newer than that, and has none itself.
func (p *program) runOfPlan(ctx context.Context, db *state.DB, id string) (importer.Run, error) {
	if id != "latest" {
		return p.runNamed(ctx, db, id)
	}
	if err := p.storeIsKnown(ctx, db); err != nil {
		return importer.Run{}, err
	}
	previews, err := db.Runs(ctx, state.RunFilter{Store: p.config.Store, Kind: string(importer.KindPreview)})
	if err != nil {
		return importer.Run{}, err
	}
	for _, run := range previews {
		if run.Plan != "" {
			return run, nil
		}
	}
	return p.runNamed(ctx, db, id)
}

// showImport shows how an import ended.
func (j *jobs) showImport(ctx context.Context, report job.Report, err error) error {
	p := j.program
	j.progress.Done()
	if err != nil {
		return errors.Join(j.showTripped(ctx, report), p.showFailed(report.Run, err))
	}
	p.didRun(report.Run, "was applied to store "+report.Run.Store)
	return p.showRun(ctx, j.state.DB, report.Run, false)
}

// showTripped lists the changes that tripped a guard.
func (j *jobs) showTripped(ctx context.Context, report job.Report) error {
	p, db, run := j.program, j.state.DB, report.Run
	if p.machine() || report.Tripped == nil {
		return nil
	}
	listed := changes(ctx, db, planOf(run), []*importer.Table{report.Tripped.Table}, "")
	if err := p.listChanges(ctx, db, run, only(listed, report.Tripped.Selects), view.ChangesShown); err != nil {
		return err
	}
	fmt.Fprintln(p.env.Stdout)
	return nil
}

// only gives the elements that are wanted.
func only[T any](elements iter.Seq2[T, error], wanted func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for element, err := range elements {
			if (err != nil || wanted(element)) && !yield(element, err) {
				return
			}
		}
	}
}

const defaultPlanAge = 24 * time.Hour
