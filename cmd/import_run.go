package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
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
				case len(args) == 1:
					return p.runPlan(cmd.Context(), f, args[0])
				}
				return p.runAll(cmd.Context(), f)
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

// runAll reads, plans and applies as one run.
func (p *program) runAll(ctx context.Context, f runFlags) error {
	limits, err := p.limits(ctx, f)
	if err != nil {
		return err
	}
	s, want, err := p.beginReading(ctx, importer.KindImport, f.readFlags, "")
	if err != nil {
		return err
	}
	defer s.close(ctx)
	if err := s.plan(ctx, want, "", f.choices); err != nil {
		return s.showFailed(s.failed(ctx, err))
	}
	plan, err := s.db.Plan(ctx, s.run.ID)
	if err == nil {
		err = limits.check(ctx, s, plan)
	}
	if err != nil {
		return s.outcome(ctx, err)
	}
	if err := s.ask(ctx, plan, f.yes); err != nil {
		return s.keepAsPreview(ctx, err)
	}
	return s.outcome(ctx, s.apply(ctx, plan))
}

// keepAsPreview leaves a run that was not confirmed as the preview that it was
// so far: its plan can still be applied.
func (s *session) keepAsPreview(ctx context.Context, why error) error {
	s.run.Kind, s.run.Status = importer.KindPreview, importer.Succeeded
	later := s.again("--store " + s.run.Store + " " + s.run.ID)
	switch {
	case errors.Is(why, context.Canceled):
		why = &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was written, and the plan is kept", Hint: later, Err: why}
	case errors.Is(why, errNoAnswer):
		why = &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was written, and the plan is kept", Hint: later, Err: why}
	default:
		s.note("The plan is kept: %s", later)
	}
	s.hurried = isHurried(why)
	last, cancel := s.lastWords(ctx)
	defer cancel()
	if err := s.db.End(last, s.run); err != nil && !s.hurried {
		return errors.Join(err, why)
	}
	return why
}

// answerable refuses before anything is done when the question that will come
// cannot be answered.
func (p *program) answerable(yes bool) error {
	if yes || p.canAsk() {
		return nil
	}
	return usage("--yes", "import run asks before it writes, and nobody can be asked here")
}

// runPlan applies a plan that a preview made.
func (p *program) runPlan(ctx context.Context, f runFlags, id string) error {
	limits, err := p.limits(ctx, f)
	if err != nil {
		return err
	}
	plan, err := p.planNamed(ctx, id)
	if err != nil {
		return err
	}
	if err := f.fit(plan); err != nil {
		return err
	}
	p.config.Store = plan.Store
	p.env.Args = renamed(p.env.Args, id, plan.ID) // latest may be another one when this is typed again
	s, err := p.begin(ctx, importer.KindImport, func(s *session) ([]connector.Resource, error) {
		if err := importer.Connected(s.connector); err != nil {
			return nil, err
		}
		if err := plan.Fits(ctx, s.connector, s.catalog, p.env.Now(), f.maxPlanAge); err != nil {
			return nil, err
		}
		if _, err := s.db.Snapshot(ctx, plan.Snapshot); errors.Is(err, importer.ErrNotKept) {
			return nil, importer.Stale("what it read is not kept any more; the newest snapshots push out older ones")
		} else if stale := importer.StoredBadly(err); stale != nil {
			return nil, stale
		}
		if limits.check(ctx, s, plan) != nil {
			return plan.Resources, nil // nothing to ask: it is told below, as a run that failed
		}
		return plan.Resources, s.ask(ctx, plan, f.yes)
	})
	if err != nil {
		return err
	}
	defer s.close(ctx)
	if err := s.takesOver(ctx, plan); err != nil {
		return s.outcome(ctx, err)
	}
	if err := limits.check(ctx, s, plan); err != nil {
		return s.outcome(ctx, err)
	}
	return s.outcome(ctx, s.apply(ctx, plan))
}

// takesOver counts for a run what the preview found whose plan it applies.
func (s *session) takesOver(ctx context.Context, plan importer.Plan) error {
	preview, err := s.db.Run(ctx, plan.Store, plan.ID)
	if err != nil {
		return err
	}
	s.run.Counts, s.run.Plan, s.run.Reader = plan.Counts, plan.ID, plan.Reader
	s.run.Warnings, s.run.WarningsBy, s.run.RejectedBy = plan.Warnings, plan.WarningsBy, plan.RejectedBy
	s.run.Resources, s.run.NotRead, s.run.AsOf = preview.Resources, preview.NotRead, &plan.AsOf
	return nil
}

// fit refuses what was chosen when the plan was made otherwise: it is applied as
// it was shown.
func (f *runFlags) fit(plan importer.Plan) error {
	w, err := f.wish()
	if err != nil {
		return err
	}
	for flag, missed := range map[string]bool{
		"--keep-local-edits": f.choices.KeepLocalEdits && !plan.Choices.KeepLocalEdits,
		"--archive-missing":  f.choices.ArchiveMissing && !plan.Choices.ArchiveMissing,
		"--only " + f.only:   f.only != "" && !sameResources(w.asked, plan.Resources),
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
func (p *program) planNamed(ctx context.Context, id string) (importer.Plan, error) {
	db, err := p.openToLook(ctx)
	if err != nil {
		return importer.Plan{}, err
	}
	defer db.Close()
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
	plan, err := db.Plan(ctx, run.ID)
	if stale := importer.StoredBadly(err); stale != nil {
		p.config.Store = run.Store
		return plan, stale
	}
	if errors.Is(err, importer.ErrNotKept) {
		return plan, usage("eshopctl import preview --store "+run.Store, "run %s has no plan that could be applied", run.ID)
	}
	if err == nil && run.Kind != importer.KindPreview {
		return plan, usage("eshopctl import preview --store "+run.Store, "run %s is an %s; only the plan of a preview can be applied", run.ID, run.Kind)
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

// ask shows what would be written and asks, unless --yes was given or there is
// nothing to write.
func (s *session) ask(ctx context.Context, plan importer.Plan, yes bool) error {
	if s.progress != nil {
		s.progress.Done()
	}
	if yes || plan.Counts.Writes() == 0 {
		return nil
	}
	if err := s.showPlan(ctx, plan); err != nil {
		return err
	}
	return s.confirm(ctx, fmt.Sprintf("Write %s into store %s?", view.Counted(plan.Counts.Writes(), "change"), plan.Store), false)
}

// apply writes the plan, when its turn comes.
func (s *session) apply(ctx context.Context, plan importer.Plan) error {
	turn := s.db.ApplyLock()
	err := turn.Wait(ctx, "an import of store "+plan.Store)
	if err != nil {
		return err
	}
	defer turn.Release() //nolint:errcheck // it ends with the process in any case
	if err := failpoint.Reach("apply/turn"); err != nil {
		return err
	}
	if err := s.stillConnected(ctx); err != nil {
		return err
	}
	runner := importer.Runner{Catalog: s.catalog, Workspace: s.db, Report: s.progress, Now: s.now}
	applied, err := runner.Apply(ctx, s.run, plan)
	if err == nil {
		s.run = applied
		s.applied()
	}
	return err
}

func (s *session) applied() { s.didRun("was applied to store " + s.run.Store) }

// stillConnected makes sure that the store was not disconnected, nor connected
// anew, since the run began.
func (s *session) stillConnected(ctx context.Context) error {
	current, err := s.db.Connector(ctx, s.connector.Store, s.connector.Provider)
	if err != nil || current.Generation == s.connector.Generation {
		return err
	}
	return &connector.Fault{Code: connector.NotConnected, Err: connector.ErrInstallChanged,
		Message: fmt.Sprintf("store %s was disconnected or connected anew while the run was at work; nothing was written", current.Store),
		Hint:    "eshopctl status --store " + current.Store}
}

// outcome shows how an import ended.
func (s *session) outcome(ctx context.Context, err error) error {
	if err != nil {
		tripped := err
		if err = s.failed(ctx, err); err != nil {
			return errors.Join(s.showTripped(ctx, tripped), s.showFailed(err))
		}
	}
	s.progress.Done()
	if err := s.showRun(ctx, false); err != nil {
		return err
	}
	if s.run.Status == importer.Partial {
		return status(exitPartial)
	}
	return nil
}
