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

// Pauses are what a client does between two requests. Either may be nil. They must be safe for
// concurrent use.
type Pauses struct {
	Told  func(time.Duration)                        // is told before each pause how long it will be
	Sleep func(context.Context, time.Duration) error // waits; nil means connector.Sleep
}

// waits waits between two requests to a shop, as long as the operator's patience lasts.
type waits struct {
	domain string
	site   *site.Site // holds the patience
	Pauses
}

const (
	firstPause  = 500 * time.Millisecond
	longestWait = 30 * time.Second
)

// waitAfter waits before another attempt; what says to the operator what is waited for. It
// fails at once when the operator does not want to wait that long.
func (w *waits) waitAfter(ctx context.Context, f *failure, what string, wait time.Duration) error {
	if !w.site.Patience().Allows(what, wait) {
		return w.site.Patience().TooLong(f.lastFault(), f.wait)
	}
	return w.pauseFor(ctx, wait)
}

// afterError is waitAfter for an error that need not be a failure.
func (w *waits) afterError(ctx context.Context, err error, wait time.Duration) error {
	f := &failure{fault: &connector.Fault{Code: connector.ProviderFault, Next: tryLater, Message: decode.Quoted(err.Error()), Err: err}}
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) {
		f.fault = fault
	}
	return w.waitAfter(ctx, f, anotherTry(f), wait)
}

// forPoints waits until there are points for a request.
func (w *waits) forPoints(ctx context.Context, wait time.Duration) error {
	poor := &failure{wait: wait, fault: &connector.Fault{Code: connector.Throttled, Next: busyApp,
		Message: w.domain + " has no points left that requests are paid with"}}
	return w.waitAfter(ctx, poor, w.domain+", until it has points for more requests", wait)
}

// waitReason returns what is waited for after a failure.
func (w *waits) waitReason(f *failure) string {
	if f.remedy == throttled {
		return w.domain + ", which asks for fewer requests"
	}
	return anotherTry(f)
}

func anotherTry(f *failure) string { return "another try: " + f.fault.Message }

// backoffAfter returns a random time that doubles with each failure, from firstPause up to
// longestWait. It is random so that many clients do not come back at once.
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
