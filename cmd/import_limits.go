package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
)

// mostMissing is the limit of what may go missing when none was chosen.
const mostMissing = "50%"

// guardFlags bound what a run may do.
type guardFlags struct {
	maxCreate  string
	maxUpdate  string
	maxZeroed  string
	maxMissing string
}

func (f *guardFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.maxCreate, "max-create", "", "stop when more would be created than this `LIMIT`: N, or P% of what is there, per resource")
	cmd.Flags().StringVar(&f.maxUpdate, "max-update", "", "stop when more than this `LIMIT` would be updated")
	cmd.Flags().StringVar(&f.maxZeroed, "max-zeroed", "", "stop when more stock levels than this `LIMIT` would go from above zero to zero, or vanish")
	cmd.Flags().StringVar(&f.maxMissing, "max-missing", "", "stop when more than this `LIMIT` would be marked missing; off for none (default "+mostMissing+")")
}

func (f *guardFlags) guards() (importer.Guards, error) {
	var g importer.Guards
	for _, limit := range []struct {
		flag, text string
		into       *importer.Limit
	}{
		{"--max-create", f.maxCreate, &g.Create}, {"--max-update", f.maxUpdate, &g.Update},
		{"--max-zeroed", f.maxZeroed, &g.Zeroed}, {"--max-missing", cmp.Or(f.maxMissing, mostMissing), &g.Missing},
	} {
		parsed, err := importer.ParseLimit(limit.text)
		if err != nil {
			return g, usage("eshopctl import run --help", "%s: %s", limit.flag, err)
		}
		*limit.into = parsed
	}
	return g, nil
}

// limits are all that can stop a run whose plan is made.
type limits struct {
	newAccount bool
	guards     importer.Guards
	anyMissing bool // nobody chose how many may go missing
	failOn     failOn
}

// limits reads the flags, and refuses before anything is done when the question
// that will come cannot be answered.
func (p *program) limits(ctx context.Context, f runFlags) (limits, error) {
	guards, err := f.guards()
	if err != nil {
		return limits{}, err
	}
	failOn, err := p.failOn(ctx, f.failFlags)
	if err != nil {
		return limits{}, err
	}
	return limits{f.newAccount, guards, f.maxMissing == "", failOn}, p.answerable(f.yes)
}

func (l *limits) check(ctx context.Context, s *session, plan importer.Plan) error {
	if err := plan.CheckTakeover(l.newAccount); err != nil {
		return err
	}
	guards := l.guards
	if plan.Takeover != nil && l.anyMissing {
		guards.Missing = importer.Limit{} // what the old shop left goes missing: that was asked for
	}
	if err := guards.Check(plan); err != nil {
		return err
	}
	s.run.AcceptedOf = l.failOn.baseline.ID
	return l.failOn.check(s.db.Remarks(ctx, plan.ID, ""), plan)
}

// stopOf is what would stop an import of a plan that is run without flags, nil for
// nothing.
func stopOf(plan importer.Plan) *importer.Stop {
	if plan.Takeover != nil {
		return &importer.Stop{Why: plan.Question(), Flag: "--account-change"}
	}
	var none guardFlags
	usual, err := none.guards()
	if err == nil {
		err = usual.Check(plan)
	}
	var tripped *importer.TrippedError
	if !errors.As(err, &tripped) {
		return nil
	}
	return &importer.Stop{Why: tripped.Why, Flag: tripped.Flag + " off"}
}

// showTripped lists the changes that tripped a guard.
func (s *session) showTripped(ctx context.Context, err error) error {
	var tripped *importer.TrippedError
	if s.machine() || !errors.As(err, &tripped) {
		return nil
	}
	s.progress.Done()
	listed := changes(ctx, s.db, planOf(s.run), []*importer.Table{tripped.Table}, "")
	if err := s.listChanges(ctx, s.db, s.run, only(listed, tripped.Selects), view.ChangesShown); err != nil {
		return err
	}
	fmt.Fprintln(s.env.Stdout)
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
