package shopify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// patience gives up on an answer whose body pauses for longer than idle, or
// drips: of which less than slowest bytes a second come while it is waited for,
// for as long as idle.
type patience struct {
	next http.RoundTripper
	idle time.Duration
}

// slowest is a tenth of what a telephone line carried.
const slowest = 500

var (
	errStalled  = errors.New("the answer stopped in the middle")
	errDripping = errors.New("the answer came too slowly")
)

func (p patience) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	response, err := p.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return nil, err
	}
	timer := time.AfterFunc(p.idle, func() { cancel(errStalled) })
	timer.Stop() // until somebody reads
	response.Body = &watched{ReadCloser: response.Body, ctx: ctx, cancel: cancel, idle: p.idle, timer: timer}
	return response, nil
}

// watched is a body whose reading is cancelled when nothing comes. A reader may
// take its time between two reads.
type watched struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   time.Duration
	timer  *time.Timer

	waited time.Duration // lately
	came   int           // bytes meanwhile
}

func (w *watched) Read(p []byte) (int, error) {
	began := time.Now()
	w.timer.Reset(w.idle)
	n, err := w.ReadCloser.Read(p)
	w.timer.Stop()
	if err == nil && w.drips(n, time.Since(began)) {
		w.cancel(errDripping)
		err = errDripping
	}
	if cause := context.Cause(w.ctx); err != nil && err != io.EOF && (cause == errStalled || cause == errDripping) {
		err = cause
	}
	return n, err
}

// drips takes what one read brought and how long it took.
func (w *watched) drips(n int, took time.Duration) bool {
	w.came, w.waited = w.came+n, w.waited+took
	if w.waited < w.idle {
		return false
	}
	slow := float64(w.came) < slowest*w.waited.Seconds()
	w.came, w.waited = 0, 0
	return slow
}

func (w *watched) Close() error {
	w.timer.Stop()
	err := w.ReadCloser.Close()
	w.cancel(nil)
	return err
}
