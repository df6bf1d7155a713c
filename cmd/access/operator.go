package access

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer/job"
)

// Confirm shows what is about to be done, and asks whether to do it.
func (j *Jobs) Confirm(ctx context.Context, question job.Question) error {
	j.Progress.Done()
	p := j.Access
	out := p.Face.View()
	out.Out = p.Face.Env.Stderr // the answer to the command comes on standard output
	switch q := question.(type) {
	case job.WriteQuestion:
		if j.Yes {
			return nil
		}
		if err := out.Tell(view.Intent{Preview: q.Preview, Remarks: q.Remarks}); err != nil {
			return err
		}
		changes := plain.Counted(q.Plan.Counts.RowWrites(), "change")
		return p.Face.ConfirmChange(ctx, fmt.Sprintf("Write %s into store %s?", changes, q.Plan.Store), false)
	case job.MergeQuestion:
		if err := out.Tell(view.MergeOf(q.Plan)); err != nil {
			return err
		}
		asked := fmt.Sprintf("Merge warehouse %s into %s of store %s? It cannot be taken back.", q.Plan.From.ID, q.Plan.Into.ID, q.Store)
		return p.Face.ConfirmLoss(ctx, asked, j.Yes)
	}
	return UnknownQuestion(question)
}

// UnknownQuestion is the error for a question that the terminal has no words for: a bug.
func UnknownQuestion(question job.Question) error {
	return fmt.Errorf("nobody knows how to ask %T", question)
}
