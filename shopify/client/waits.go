package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Pauses are what a client does between two requests. Either may be nil; several requests
// may call them at a time.
type Pauses struct {
	Told  func(time.Duration)                        // hears before each pause how long it will be
	Sleep func(context.Context, time.Duration) error // waits; connector.Sleep if nil
}

// waits are what is waited for between two requests to a shop.
type waits struct {
	domain string
	site   *site.Site // has the patience
	Pauses
}

const (
	firstPause  = 500 * time.Millisecond
	longestWait = 30 * time.Second
)

// waitAfter pauses before another attempt, if anybody has the patience for that.
func (w *waits) waitAfter(ctx context.Context, f *failure, what string, wait time.Duration) error {
	if !w.site.Patience().Allows(what, wait) {
		return w.site.Patience().TooLong(f.lastFault(), f.wait)
	}
	return w.pauseFor(ctx, wait)
}

// afterError is waitAfter for an error that does not say whether another try may help.
func (w *waits) afterError(ctx context.Context, err error, wait time.Duration) error {
	f := &failure{fault: &connector.Fault{Code: connector.ProviderFault, Next: tryLater, Message: decode.Quoted(err.Error()), Err: err}}
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) {
		f.fault = fault
	}
	return w.waitAfter(ctx, f, anotherTry(f), wait)
}

// forPoints pauses until the shop can pay for a request.
func (w *waits) forPoints(ctx context.Context, wait time.Duration) error {
	poor := &failure{wait: wait, fault: &connector.Fault{Code: connector.Throttled, Next: busyApp,
		Message: w.domain + " has no points left that requests are paid with"}}
	return w.waitAfter(ctx, poor, w.domain+", until it has points for more requests", wait)
}

// waitReason names what is waited for between two attempts.
func (w *waits) waitReason(f *failure) string {
	if f.remedy == throttled {
		return w.domain + ", which asks for fewer requests"
	}
	return anotherTry(f)
}

func anotherTry(f *failure) string { return "another try: " + f.fault.Message }

// backoffAfter doubles from firstPause to longestWait, and is then drawn from its
// upper half so that many clients do not come back at once.
func backoffAfter(failed int) time.Duration {
	pause := min(firstPause<<min(failed-1, 10), longestWait)
	return pause/2 + rand.N(pause/2)
}

func (w *waits) pauseFor(ctx context.Context, wait time.Duration) error {
	if w.Told != nil {
		w.Told(wait)
	}
	return w.Sleep(ctx, wait)
}
