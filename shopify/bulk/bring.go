package bulk

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// BringResult runs the operation of a list and returns its verified result. It runs the
// operation a second time where that may help. It forgets an operation whose result is of no
// use, so that no later reading picks it up.
func (d *Desk) BringResult(ctx context.Context, l List) (*Result, error) {
	for attempt := 1; ; attempt++ {
		result, err := d.bringOnce(ctx, l)
		if err == nil || ctx.Err() != nil || !errors.Is(err, ErrUseless) {
			return result, err // a later reading may pick the operation up
		}
		if err := d.ledger.ForgetOperation(ctx, d.shop.QueryText(l.Query)); err != nil {
			return nil, err
		}
		if attempt == 2 || !errors.Is(err, ErrOnceMore) && !errors.Is(err, ErrBad) {
			return nil, err
		}
	}
}

func (d *Desk) bringOnce(ctx context.Context, l List) (*Result, error) {
	l.Gathered(0) // it may take long until the shop says how many it found
	o, takenUp, err := d.beginOperation(ctx, l.Query)
	if err != nil {
		return nil, err
	}
	if o, err = d.waitForEnd(ctx, o.ID, l.Gathered); err != nil {
		return nil, err
	}
	d.noteBegin(o)
	if err := failpoint.Reach("poll/completed"); err != nil {
		return nil, err
	}
	if err := l.Check(ctx, o); err != nil {
		return nil, err
	}
	result, err := d.downloadResult(ctx, l, o)
	if err != nil {
		return nil, err
	}
	result.TakenUp = takenUp
	return result, nil
}
