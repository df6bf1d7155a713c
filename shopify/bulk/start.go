package bulk

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

const (
	// betweenStarts is the time between two attempts to start an operation while the shop
	// runs as many as it does at a time.
	betweenStarts = time.Second

	// freshFile is how old a finished operation may be to be picked up. The stock in an older
	// file is too old to be worth the time that it saves.
	freshFile = time.Hour
	// LongestRun is how long an operation may take. One that still runs is picked up until
	// then: it is nearer to its end than a new one.
	LongestRun = 24 * time.Hour
)

// beginOperation picks an operation up, and returns when it was started, or starts one.
func (d *Desk) beginOperation(ctx context.Context, query string) (*Operation, time.Time, error) {
	for {
		d.countWork(1) // others that find no place must wait for this one, which may run
		o, noted, err := d.pickUp(ctx, query)
		if o != nil {
			return o, noted, nil
		}
		if d.countWork(-1); err == nil {
			o, err = d.startOperation(ctx, query)
		}
		if !errors.Is(err, ErrOtherText) { // this ends: each text is shorter than the one before
			return o, time.Time{}, err
		}
	}
}

// pickUp returns the operation that an earlier reading noted for the query, nil when there is
// none that serves.
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
	wrongClock := age < -importer.ClockSkew // of this machine, then or now, so that the age is not known
	if o != nil && !wrongClock && (o.Running() && age < LongestRun || o.Status == "COMPLETED" && age < freshFile) {
		return o, noted, nil
	}
	return nil, noted, d.ledger.ForgetOperation(ctx, d.shop.QueryText(query))
}

// startOperation starts an operation and notes it in the ledger at once.
func (d *Desk) startOperation(ctx context.Context, query string) (*Operation, error) {
	o, err := d.startInTurn(ctx, query)
	for errors.Is(err, ErrNoPlace) && d.isBusy() {
		// one of this reading will end and make room
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

// startInTurn starts one operation at a time: only then is known whether a place was taken by
// operations of this reading. It does not ask again once the app has been refused.
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
