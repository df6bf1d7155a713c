package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/importer"
)

type reconcileFlags struct {
	readFlags
	changes  bool
	exitCode bool
	metrics  metricsFile
	report   reportFlags
	fleet    fleetFlags
}

func (p *program) reconcileCommand() *cobra.Command {
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
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := f.fleet.check(p, args)
			if err == nil {
				err = f.report.check(p)
			}
			if err != nil {
				return err
			}
			return p.measured(cmd.Context(), f.metrics, func() error {
				switch {
				case all && (f.changes || p.config.Output == "html"):
					return usage("eshopctl reconcile --all-stores", "--changes and reports are for one store")
				case all:
					return p.forAll(cmd, f.fleet)
				}
				return p.reconcile(cmd.Context(), f)
			})
		},
	}
	f.readFlags.add(cmd)
	f.metrics.add(cmd)
	f.report.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVar(&f.changes, "changes", false, "list the differences by record and field")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "exit with 3 when there are differences")
	return cmd
}

func (p *program) reconcile(ctx context.Context, f reconcileFlags) error {
	s, want, err := p.beginReading(ctx, importer.KindReconcile, f.readFlags, "")
	if err != nil {
		return err
	}
	defer s.close(ctx)
	if err := s.compare(ctx, want); err != nil {
		return s.showFailed(s.failed(ctx, err))
	}
	if err := s.end(ctx); err != nil {
		return err
	}
	s.progress.Done()
	s.didRun("compared shop and store")
	show := func() error { return s.showRun(ctx, f.changes) }
	if s.config.Output == "html" {
		show = func() error { return s.report(ctx, s.db, s.run, f.report) }
	}
	if err := show(); err != nil {
		return err
	}
	if f.exitCode && s.run.Differences() > 0 {
		return status(exitDifferent)
	}
	return nil
}

// compare reads the shop and holds it against the catalogue.
func (s *session) compare(ctx context.Context, want wish) error {
	previewer, err := s.previewer(want)
	if err != nil {
		return err
	}
	if err := s.contact(ctx, previewer.Source, want); err != nil {
		return err
	}
	reconciler := importer.Reconciler{Catalog: s.catalog, Workspace: s.db, Report: s.progress, Now: s.now}
	for {
		snapshot, err := previewer.Read(ctx, &s.run, s.connector, want.resources)
		if err == nil {
			err = reconciler.Reconcile(ctx, &s.run, s.connector, snapshot)
		}
		if !previewer.Unread(err, s.run.ID) {
			return err
		}
	}
}
