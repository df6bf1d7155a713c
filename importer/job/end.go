package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// endRun is the report of work that ended with err, which is recorded with its run.
func (w *work) endRun(ctx context.Context, err error) (Report, error) {
	if err == nil {
		return w.reportOf(nil), nil
	}
	told := w.recordFailure(ctx, err)
	return w.reportOf(err), told
}

// finishRun records that the run did its work.
func (w *work) finishRun(ctx context.Context) (Report, error) {
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	err := w.env.State.EndRun(last, w.run)
	if err != nil {
		w.haste.noteCause(w.env, err)
	}
	return w.reportOf(nil), err
}

// reportOf is what became of the work by now. why is what it ended with.
func (w *work) reportOf(why error) Report {
	r := Report{Run: w.run, Planned: w.planned}
	errors.As(why, &r.Tripped)
	return r
}

// recordFailure records that the run failed and returns the error to tell.
func (w *work) recordFailure(ctx context.Context, err error) error {
	var unknown *importer.UnknownOutcomeError
	if errors.As(err, &unknown) {
		return w.lookAgain(err)
	}
	err = w.learnFrom(ctx, err)
	w.run.EndedBy(err)
	fault := w.faultOf(err)
	now := w.now()
	w.run.Status, w.run.FinishedAt = importer.Failed, &now
	if fault.Code == connector.Interrupted {
		w.run.Status = importer.Interrupted
	}
	w.run.Error = &importer.RunError{Code: fault.Code, Message: fault.Message, Next: fault.Next}
	return w.endHurried(ctx, fault)
}

// faultOf is a failure of the run in the words of an operator.
func (w *work) faultOf(err error) *connector.Fault {
	fault := *w.env.Classify(err)
	if fault.Code == connector.Interrupted {
		return &connector.Fault{Code: connector.Interrupted, Err: err,
			Message: fmt.Sprintf("interrupted; run %s wrote nothing into the catalogue", w.run.ID), Next: w.goOn().Next()}
	}
	fault.Next = w.connector.Addressed(&fault)
	if fault.Temporary() {
		fault.Next = fault.Next.OrAtLast(w.goOn())
	}
	return &fault
}

// endHurried records how the run ended, which was by why, and returns that. Where
// nobody waits any more it is no matter if it could not be recorded.
func (w *work) endHurried(ctx context.Context, why error) error {
	w.haste.noteCause(w.env, why)
	last, cancel := w.haste.lastWords(ctx)
	defer cancel()
	if err := w.env.State.EndRun(last, w.run); err != nil && !w.haste.hurried {
		return errors.Join(why, err)
	}
	return why
}

// keepAsPreview leaves a run that was not confirmed as the preview that it was so far:
// its plan can still be applied.
func (w *work) keepAsPreview(ctx context.Context, why error) (Report, error) {
	w.run.Kind, w.run.Status = importer.KindPreview, importer.Succeeded
	later := w.applyLater()
	switch {
	case errors.Is(why, context.Canceled):
		why = &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was written, and the plan is kept", Next: later.Next(), Err: why}
	case errors.Is(why, ErrNoAnswer):
		why = &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was written, and the plan is kept", Next: later.Next(), Err: why}
	default:
		w.env.Listener.Tell(PlanKept{later})
	}
	err := w.endHurried(ctx, why)
	return w.reportOf(nil), err
}

// goOn is the command that takes up the run: the one that was typed for it, if any.
func (w *work) goOn() connector.Command {
	if w.env.Again != nil {
		return w.env.Again("--store", w.run.Store)
	}
	command := w.run.Kind.Command(w.run.Store)
	if w.run.Kind == importer.KindImport {
		command = command.With("--yes")
	}
	return command
}

// applyLater is the command that applies the run's plan.
func (w *work) applyLater() connector.Command {
	if w.env.Again != nil {
		return w.env.Again("--store", w.run.Store, w.run.ID)
	}
	return importer.KindImport.Command(w.run.Store).With(w.run.ID)
}

// lookAgain finds out what became of a commit that reported an error: the state is
// opened anew and asked.
func (w *work) lookAgain(err error) error {
	ctx := context.Background()
	if openErr := w.env.State.Reopen(ctx); openErr != nil {
		return errors.Join(err, openErr)
	}
	stored, readErr := w.env.State.Run(ctx, w.connector.Store, w.run.ID)
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	if stored.FinishedAt == nil {
		return &connector.Fault{Code: connector.StateUnusable, Err: err,
			Message: "nothing was written: " + err.Error(), Next: w.goOn().After("check the disk, then run it again: ")}
	}
	w.env.Listener.Tell(CommitConfirmed{err})
	w.run = stored
	return nil
}

// close gives the store back. Snapshots and changes beyond those kept are dropped.
func (w *work) close(ctx context.Context) {
	if w.lock == nil {
		return
	}
	last, cancel := w.haste.lastWords(ctx)
	defer cancel()
	if err := w.env.State.PruneRuns(last, w.connector.ID(), RunsKept); err != nil && !w.haste.hurried {
		w.env.Listener.Tell(PruneFailed{err})
	}
	_ = w.lock.Release() // it ends with the process in any case
}
