package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/facts"
	"github.com/eshopos/eshopctl/importer/job"
)

// fleetFlags are the flags of a command that can run for all stores.
type fleetFlags struct {
	all      bool
	parallel int
}

func (f *fleetFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.all, "all-stores", false, "for every store that was not disconnected on purpose")
	cmd.Flags().IntVar(&f.parallel, "parallel", 4, "with --all-stores, `N` stores at the same time")
}

// check refuses arguments that do not go with --all-stores, and reports whether it was
// given.
func (f *fleetFlags) check(p *access.Access, args []string) (bool, error) {
	switch {
	case f.parallel < 1:
		return false, usage.Fault(usage.Again("--parallel", "4"), "with --parallel %d nothing would go on", f.parallel)
	case !f.all:
		return false, nil
	case p.Face.Settings.StoreTyped:
		return false, usage.Fault(p.Face.TypedLine().WithoutFlag("--all-stores").Next(), "--all-stores and --store do not go together")
	case len(args) > 0:
		return false, usage.Fault(p.Face.TypedLine().WithoutFlag("--all-stores").Next(), "the plan %s belongs to one store, and --all-stores is for all", args[0])
	}
	p.Face.Settings.Store = ""
	return true, nil
}

// forAll runs a job in every store, f.parallel at a time, each with the settings of its
// store in the configuration. asked makes one job from the flags.
func forAll(p *access.Access, cmd *cobra.Command, f fleetFlags, asked func() storeJob) error {
	ctx := cmd.Context()
	stores, err := storesAtWork(ctx, p)
	if err != nil {
		return err
	}
	p.CloseState() // each job opens it for itself
	orders := make([]order, len(stores))
	for i, store := range stores {
		orders[i] = orderFor(p, cmd, store, asked())
	}
	fleet := progress.NewFleet(p.Face.Env.Stderr, p.Face.ProgressStyle(), stores)
	outcomes := make([]view.StoreOutcome, len(stores))
	job.ForAll(ctx, len(stores), f.parallel, func(ctx context.Context, i int) (job.Report, error) {
		return orders[i].done(ctx, fleet.Progress(stores[i]))
	}, func(i int, o job.Outcome) {
		outcomes[i] = orders[i].outcome(o)
		fleet.Ended(stores[i], outcomes[i].EndText())
	})
	fleet.Done()
	didAll(p, outcomes)
	if err := showOutcomes(p, outcomes); err != nil {
		return err
	}
	if worst := worstOf(outcomes); worst != exit.Done {
		return exit.Status(worst)
	}
	return nil
}

// didAll notes the imports that were applied, for the case that the output cannot be
// written.
func didAll(p *access.Access, outcomes []view.StoreOutcome) {
	var applied []string
	for _, o := range outcomes {
		if r := o.Run; r != nil && r.Kind == importer.KindImport && (r.Status == importer.Succeeded || r.Status == importer.Partial) {
			applied = append(applied, fmt.Sprintf("run %s was applied to store %s", r.ID, o.Store))
		}
	}
	if len(applied) > 0 {
		p.Face.NoteDeed(connector.Typed("runs list"), "%s", strings.Join(applied, ", "))
	}
}

// storesAtWork are the stores that --all-stores stands for.
func storesAtWork(ctx context.Context, p *access.Access) ([]string, error) {
	db, err := p.OpenToLook(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.Connectors(ctx)
	if err != nil {
		return nil, err
	}
	stores := job.StoresOf(facts.AtWork(all, p.NoteLeftOut))
	if len(stores) == 0 {
		return nil, exit.NotConnected("no store is connected")
	}
	return stores, nil
}

func showOutcomes(p *access.Access, outcomes []view.StoreOutcome) error {
	return p.Face.ShowReport(view.Stores(outcomes))
}

// worse are the exit statuses from best to worst: needs nobody, passes by itself, needs a
// look, needs mending.
var worse = []int{
	exit.Done, exit.Different, exit.Partial, exit.Temporary, exit.Locked, exit.Stale, exit.Guard, exit.Connect, exit.Usage, exit.Failed,
	exit.Interrupted,
}

func worstOf(outcomes []view.StoreOutcome) int {
	worst := exit.Done
	for _, o := range outcomes {
		if slices.Index(worse, o.Exit) > slices.Index(worse, worst) {
			worst = o.Exit
		}
	}
	return worst
}
