package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

const (
	connectTimeout  = 10 * time.Second
	responseTimeout = 60 * time.Second // from the request sent to the first header
	idleTimeout     = 60 * time.Second // between two pieces of a body
	pingAfter       = 15 * time.Second // of silence on an HTTP/2 connection
)

// stallGuard gives up on an answer that does not begin, that pauses for longer than idle, or
// that drips: that brings less than slowest bytes a second over a time of idle. All requests
// pass here, so that here the operator is told of all waiting, and patience ends it.
type stallGuard struct {
	next     http.RoundTripper
	patience *connector.Patience
	idle     time.Duration // the longest pause in a body
}

// slowest is in bytes a second: a tenth of what a telephone line carried.
const slowest = 500

// untilAnswer is how long an answer may take to begin.
const untilAnswer = connectTimeout + responseTimeout

// Causes for which an answer is given up.
var (
	ErrDripping = errors.New("the answer came too slowly")
	errSilent   = errors.New("no answer came in time")
	errStalled  = errors.New("the answer stopped in the middle")
)

func (u stallGuard) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	w := &watchedBody{ctx: ctx, cancel: cancel, idle: u.idle, host: cmp.Or(r.Host, r.URL.Host), patience: u.patience}
	head := w.newVigil(w.host+" to answer", boundOf(ctx), false, errSilent)
	head.Begin()
	response, err := u.next.RoundTrip(r.WithContext(ctx))
	head.End()
	if err != nil {
		err = w.causeOf(err)
		cancel(nil)
		return nil, err
	}
	w.ReadCloser, w.rest = response.Body, w.newVigil("the rest of an answer of "+w.host, w.idle, true, errStalled)
	response.Body = w
	return response, nil
}

// boundOf returns how long an answer may take to begin, at most until the deadline of ctx.
func boundOf(ctx context.Context) time.Duration {
	if end, limited := ctx.Deadline(); limited {
		return min(untilAnswer, time.Until(end))
	}
	return untilAnswer
}

// watchedBody is the body of an answer that is given up when nothing comes while somebody
// reads. A reader may take its time between two reads.
type watchedBody struct {
	io.ReadCloser
	ctx      context.Context
	cancel   context.CancelCauseFunc
	idle     time.Duration
	host     string
	patience *connector.Patience
	rest     *connector.Vigil

	waited time.Duration // in reads, since isDripping last decided
	came   int           // bytes in that time
}

func (w *watchedBody) newVigil(what string, bound time.Duration, moving bool, late error) *connector.Vigil {
	return w.patience.Watch(&connector.Vigil{For: what, Bound: bound, Moving: moving, GiveUp: func(outOfPatience bool) {
		if outOfPatience {
			late = impatientFault(w.host, late, w.patience.Limit())
		}
		w.cancel(late)
	}})
}

// impatientFault returns the fault for an answer that is given up because the operator does not
// want to wait longer.
func impatientFault(host string, late error, limit time.Duration) *connector.Fault {
	return &connector.Fault{
		Code: connector.Network, Err: errors.Join(connector.ErrOutOfPatience, late),
		Message: fmt.Sprintf("waited %s for %s: %s", limit, host, late),
		Next:    connector.Advice("try again, or wait longer with --patience"),
	}
}

// causeOf returns why the answer was given up, or err if it was not.
func (w *watchedBody) causeOf(err error) error {
	why := context.Cause(w.ctx)
	for _, known := range []error{errSilent, errStalled, ErrDripping} {
		if errors.Is(why, known) {
			return why
		}
	}
	return err
}

func (w *watchedBody) Read(p []byte) (int, error) {
	began := time.Now()
	w.rest.Begin()
	n, err := w.ReadCloser.Read(p)
	w.rest.End()
	if err == nil && w.isDripping(n, time.Since(began)) {
		w.cancel(ErrDripping)
		err = ErrDripping
	}
	if err != nil && err != io.EOF {
		err = w.causeOf(err)
	}
	return n, err
}

// isDripping adds what one read brought and how long it took. It reports whether the answer
// drips.
func (w *watchedBody) isDripping(n int, took time.Duration) bool {
	w.came, w.waited = w.came+n, w.waited+took
	if w.waited < w.idle {
		return false
	}
	slow := float64(w.came) < slowest*w.waited.Seconds()
	w.came, w.waited = 0, 0
	return slow
}

func (w *watchedBody) Close() error {
	w.rest.End()
	err := w.ReadCloser.Close()
	w.cancel(nil)
	return err
}
