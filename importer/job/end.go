package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// endRun returns the report of a run that ended with err, which is stored with the run.
func (w *work) endRun(ctx context.Context, err error) (Report, error) {
	if err == nil {
		return w.reportOf(nil), nil
	}
	told := w.recordFailure(ctx, err)
	return w.reportOf(err), told
}

// finishRun stores that the run succeeded.
func (w *work) finishRun(ctx context.Context) (Report, error) {
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	err := w.env.State.EndRun(last, w.run)
	if err != nil {
		w.haste.noteCause(w.env, err)
	}
	return w.reportOf(nil), err
}

// reportOf returns the report so far. why is the error with which the run ended.
func (w *work) reportOf(why error) Report {
	r := Report{Run: w.run, Planned: w.planned}
	errors.As(why, &r.Tripped)
	return r
}

// recordFailure stores that the run failed and returns the error to report.
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

// faultOf turns an error of the run into words for operators.
func (w *work) faultOf(err error) *connector.Fault {
	fault := *w.env.Classify(err)
	if fault.Code == connector.Interrupted {
		return &connector.Fault{Code: connector.Interrupted, Err: err,
			Message: fmt.Sprintf("interrupted; run %s wrote nothing into the catalogue", w.run.ID), Next: w.goOn().Next()}
	}
	fault.Next = w.connector.NextAfter(&fault)
	if fault.Temporary() {
		fault.Next = fault.Next.OrAtLast(w.goOn())
	}
	return &fault
}

// endHurried stores how the run ended and returns why. If the operator does not wait any
// more it does not matter whether it could be stored.
func (w *work) endHurried(ctx context.Context, why error) error {
	w.haste.noteCause(w.env, why)
	last, cancel := w.haste.lastWords(ctx)
	defer cancel()
	if err := w.env.State.EndRun(last, w.run); err != nil && !w.haste.hurried {
		return errors.Join(why, err)
	}
	return why
}

// keepAsPreview turns a run that was not confirmed into the preview that it was so far: its
// plan can still be applied.
func (w *work) keepAsPreview(ctx context.Context, why error) (Report, error) {
	w.run.Kind, w.run.Status = importer.KindPreview, importer.Succeeded
	later := w.applyLater()
	switch {
	case errors.Is(why, context.Canceled):
		why = &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was written, and the plan is kept",
			Next: later.Next(), Err: why}
	case errors.Is(why, ErrNoAnswer):
		why = &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was written, and the plan is kept",
			Next: later.Next(), Err: why}
	default:
		w.env.Listener.Tell(PlanKept{later})
	}
	err := w.endHurried(ctx, why)
	return w.reportOf(nil), err
}

// goOn returns the command that repeats the run.
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

// applyLater returns the command that applies the run's plan.
func (w *work) applyLater() connector.Command {
	if w.env.Again != nil {
		return w.env.Again("--store", w.run.Store, w.run.ID)
	}
	return importer.KindImport.Command(w.run.Store).With(w.run.ID)
}

// lookAgain finds out whether a commit happened that reported an error: it reopens the
// state and looks at the run.
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

// close releases the store. It drops snapshots and changes that are not kept any longer.
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
