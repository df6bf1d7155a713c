package bulk

import (
	"context"
	"time"
)

// waitForEnd waits until the operation has ended well. It calls gathered with the number of
// roots whenever that changes.
func (d *Desk) waitForEnd(ctx context.Context, id string, gathered func(roots int)) (*Operation, error) {
	defer d.countWork(-1)
	watched := d.watch.beginWait(id)
	defer d.watch.dropWait(watched)
	var seen progress
	moved := time.Now()
	for {
		o, err := d.watch.nextNews(ctx, watched)
		if err != nil {
			return nil, err
		}
		stood := time.Since(moved)
		switch ran := time.Since(watched.since); {
		case o == nil:
			return nil, &FailedOperation{Status: "LOST"}
		case !o.Running():
			return o, o.endError()
		case ran > LongestRun:
			return nil, d.giveUp(ctx, &OverdueOperation{o, LongestRun, true})
		case o.progressNow() != seen:
			seen, moved = o.progressNow(), time.Now()
			gathered(o.Roots)
		case stood > d.patience:
			return nil, d.giveUp(ctx, &OverdueOperation{o, d.patience, false})
		default:
			d.shop.TellStanding(o, stood, d.patience-stood)
		}
	}
}

// progress is what changes in an operation that goes on.
type progress struct {
	status         string
	objects, roots int
}

func (o *Operation) progressNow() progress { return progress{o.Status, o.Objects, o.Roots} }

func (o *Operation) endError() error {
	switch {
	case o.Status != "COMPLETED":
		return &FailedOperation{o.Status, o.ErrorCode}
	case o.URL == "" && o.Objects > 0:
		return &FailedOperation{Status: "EXPIRED"}
	}
	return nil
}

// giveUp cancels an operation, so that it takes no place from others, and returns why.
func (d *Desk) giveUp(ctx context.Context, why *OverdueOperation) error {
	d.shop.CancelOperation(ctx, why.Operation.ID)
	return why
}
