package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
)

type previewFlags struct {
	readFlags
	failFlags
	fleet    fleetFlags
	choices  importer.Choices
	changes  bool
	exitCode bool
	from     string
}

func (p *program) previewCommand() *cobra.Command {
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
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch all, err := f.fleet.check(p, args); {
			case err != nil:
				return err
			case all && f.changes:
				return usage("eshopctl import preview --all-stores", "--changes is for one store; the changes of each are kept: eshopctl runs changes RUN")
			case all:
				return p.forAll(cmd, f.fleet)
			}
			return p.preview(cmd.Context(), f)
		},
	}
	f.readFlags.add(cmd)
	f.failFlags.add(cmd)
	f.fleet.add(cmd)
	cmd.Flags().BoolVar(&f.changes, "changes", false, "list the changes by record and field")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "exit with 3 when something would change")
	cmd.Flags().StringVar(&f.from, "from", "", "plan from the stored snapshot of this `RUN`, without the network")
	addChoiceFlags(cmd, &f.choices)
	return cmd
}

func addChoiceFlags(cmd *cobra.Command, choices *importer.Choices) {
	cmd.Flags().BoolVar(&choices.KeepLocalEdits, "keep-local-edits", false, "leave records alone that were edited in the store")
	cmd.Flags().BoolVar(&choices.ArchiveMissing, "archive-missing", false, "archive what the shop no longer shows")
}

func (p *program) preview(ctx context.Context, f previewFlags) error {
	failOn, err := p.failOn(ctx, f.failFlags)
	if err != nil {
		return err
	}
	from, err := p.snapshotOf(ctx, f.from)
	if err != nil {
		return err
	}
	s, want, err := p.beginReading(ctx, importer.KindPreview, f.readFlags, from)
	if err != nil {
		return err
	}
	defer s.close(ctx)
	if err := s.plan(ctx, want, from, f.choices); err != nil {
		return s.showFailed(s.failed(ctx, err))
	}
	s.run.AcceptedOf = failOn.baseline.ID
	if err := s.failOnRemarks(ctx, failOn); err != nil {
		return err
	}
	s.run.Status = importer.Succeeded // a preview that would reject records did its work
	if err := s.end(ctx); err != nil {
		return err
	}
	s.progress.Done()
	s.didRun("is a preview, and its plan is kept")
	if err := s.showRun(ctx, f.changes); err != nil {
		return err
	}
	if f.exitCode && s.run.Counts.Writes() > 0 {
		return status(exitDifferent)
	}
	return nil
}

// snapshotOf is the id of the run whose snapshot is to be planned from, "" when
// the shop is to be asked.
func (p *program) snapshotOf(ctx context.Context, named string) (string, error) {
	if named == "" {
		return "", nil
	}
	db, err := p.openToLook(ctx)
	if err != nil {
		return "", err
	}
	defer db.Close()
	run, err := p.runNamed(ctx, db, named)
	if err != nil || run.Plan == "" {
		return run.ID, err
	}
	plan, err := db.Plan(ctx, run.Plan) // a run that applied one read nothing itself
	if errors.Is(err, importer.ErrNotKept) {
		return run.ID, nil
	}
	return plan.Snapshot, err
}

// failOnRemarks fails a preview whose remarks are named by --fail-on. Its plan is
// kept, so that what it would do can be looked at.
func (s *session) failOnRemarks(ctx context.Context, on failOn) error {
	plan, err := s.db.Plan(ctx, s.run.ID)
	if err == nil {
		err = on.check(s.db.Remarks(ctx, plan.ID, ""), plan)
	}
	if err == nil {
		return nil
	}
	err = s.failed(ctx, err)
	if s.machine() {
		return s.showFailed(err)
	}
	s.progress.Done()
	return errors.Join(s.showRun(ctx, false), err)
}

// plan makes the run's plan, from the shop or from a stored snapshot.
func (s *session) plan(ctx context.Context, want wish, from string, choices importer.Choices) error {
	previewer, err := s.previewer(want)
	if err != nil {
		return err
	}
	earlier, err := s.earlier(ctx, previewer.Source, want, from)
	if err != nil {
		return err
	}
	var plan importer.Plan
	switch {
	case earlier == "":
		plan, err = previewer.Preview(ctx, &s.run, s.connector, want.resources, choices)
	case from == "":
		plan, err = previewer.TakeUp(ctx, &s.run, s.connector, earlier, want.asked, choices)
		if isUnreadable(err) { // what was taken up is of no use
			plan, err = previewer.Preview(ctx, &s.run, s.connector, want.resources, choices)
		}
	default:
		plan, err = previewer.Replay(ctx, &s.run, s.connector, earlier, want.asked, choices)
	}
	if question := plan.Question(); err == nil && question != "" {
		s.progress.Done()
		s.note("%s", view.Line(question))
	}
	return err
}

// earlier is the run whose snapshot is planned from, "" when the shop has to be
// read. What a run that was cut off had read to the end is not read again.
func (s *session) earlier(ctx context.Context, source importer.Source, want wish, from string) (string, error) {
	if from != "" {
		return from, nil
	}
	if err := s.contact(ctx, source, want); err != nil {
		return "", err
	}
	left, err := s.db.Leftover(ctx, s.run.Store)
	if errors.Is(err, importer.ErrNotKept) || isUnreadable(err) || err == nil && !left.Info().Serves(s.connector, want.resources, want.reader, s.env.Now()) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	info := left.Info()
	s.note("Run %s had read the shop to its end when it was cut off, at %s: that is taken up. To read anew, preview again after this.",
		info.Run, info.FinishedAt.Format("15:04:05 UTC"))
	return info.Run, nil
}
