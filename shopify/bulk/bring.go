package bulk

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// Bring brings an operation to its end and its result here, verified; once more where
// that may help. An operation whose result is of no use is not worth picking up again.
func (d *Desk) Bring(ctx context.Context, l List) (*Result, error) {
	for attempt := 1; ; attempt++ {
		result, err := d.once(ctx, l)
		if err == nil || ctx.Err() != nil || !errors.Is(err, ErrUseless) {
			return result, err // it may be picked up later
		}
		if err := d.ledger.Forget(ctx, d.shop.Text(l.Query)); err != nil {
			return nil, err
		}
		if attempt == 2 || !errors.Is(err, ErrOnceMore) && !errors.Is(err, ErrBad) {
			return nil, err
		}
	}
}

func (d *Desk) once(ctx context.Context, l List) (*Result, error) {
	l.Gathered(0) // it may take long before the shop has anything to tell
	o, takenUp, err := d.begin(ctx, l.Query)
	if err != nil {
		return nil, err
	}
	if o, err = d.wait(ctx, o.ID, l.Gathered); err != nil {
		return nil, err
	}
	d.note(o)
	if err := failpoint.Reach("poll/completed"); err != nil {
		return nil, err
	}
	if err := l.Check(ctx, o); err != nil {
		return nil, err
	}
	result, err := d.download(ctx, l, o)
	if err != nil {
		return nil, err
	}
	result.TakenUp = takenUp
	return result, nil
}
