package bulk

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

const (
	// betweenStarts is how long to wait before a start is tried again that had no
	// place before.
	betweenStarts = time.Second

	// A finished file is picked up while it is younger than freshFile: older, the
	// stock in it is not worth the time that it saves. An operation that still
	// runs is always nearer to its end than a new one, but after LongestRun
	// nobody waits for its preview any more.
	freshFile = time.Hour
	// LongestRun is how long an operation may take.
	LongestRun = 24 * time.Hour
)

// beginOperation picks an operation up, which is told by when it was noted, or starts one.
func (d *Desk) beginOperation(ctx context.Context, query string) (*Operation, time.Time, error) {
	for {
		d.countWork(1) // until it is known that there is none: the others then wait for it
		o, noted, err := d.pickUp(ctx, query)
		if o != nil {
			return o, noted, nil
		}
		if d.countWork(-1); err == nil {
			o, err = d.startOperation(ctx, query)
		}
		if !errors.Is(err, ErrOtherText) { // each text is shorter than the one before
			return o, time.Time{}, err
		}
	}
}

// pickUp finds the operation that an earlier reading noted for the query; nil when
// there is none that would serve.
func (d *Desk) pickUp(ctx context.Context, query string) (*Operation, time.Time, error) {
	id, noted, err := d.ledger.FindOperation(ctx, d.shop.QueryText(query))
	if err != nil || id == "" {
		return nil, noted, err
	}
	seen, err := d.shop.LookAt(ctx, id)
	if err != nil {
		return nil, noted, err
	}
	o, age := seen[id], time.Since(noted)
	wrongClock := age < -importer.ClockSkew // here, then or now: its age is not known
	if o != nil && !wrongClock && (o.Running() && age < LongestRun || o.Status == "COMPLETED" && age < freshFile) {
		return o, noted, nil
	}
	return nil, noted, d.ledger.ForgetOperation(ctx, d.shop.QueryText(query))
}

// startOperation starts an operation and notes it before anything else is done.
func (d *Desk) startOperation(ctx context.Context, query string) (*Operation, error) {
	o, err := d.startInTurn(ctx, query)
	for errors.Is(err, ErrNoPlace) && d.isBusy() {
		// one of ours will end and make room
		if err := d.shop.Sleep(ctx, betweenStarts); err != nil {
			return nil, err
		}
		o, err = d.startInTurn(ctx, query)
	}
	if err = errors.Join(err, failpoint.Reach("submit/answered")); err != nil {
		return nil, err
	}
	return o, errors.Join(d.ledger.NoteOperation(ctx, d.shop.QueryText(query), o.ID), failpoint.Reach("submit/noted"))
}

// startInTurn starts one operation at a time, so that whose are in the way of a
// refused one is known, and asks no more when the app is refused altogether.
func (d *Desk) startInTurn(ctx context.Context, query string) (*Operation, error) {
	d.starting.Lock()
	defer d.starting.Unlock()
	if d.refusal != nil {
		return nil, d.refusal
	}
	o, err := d.shop.StartOperation(ctx, query)
	switch {
	case err == nil:
		d.countWork(1)
	case errors.Is(err, ErrRefused):
		d.refusal = err
	}
	return o, err
}
