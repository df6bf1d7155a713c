package shopify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// patience gives up on an answer whose body pauses for longer than idle.
type patience struct {
	next http.RoundTripper
	idle time.Duration
}

var errStalled = errors.New("the answer stopped in the middle")

func (p patience) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	response, err := p.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return nil, err
	}
	timer := time.AfterFunc(p.idle, func() { cancel(errStalled) })
	timer.Stop() // until somebody reads
	response.Body = &watched{response.Body, ctx, cancel, p.idle, timer}
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
}

func (w *watched) Read(p []byte) (int, error) {
	w.timer.Reset(w.idle)
	n, err := w.ReadCloser.Read(p)
	w.timer.Stop()
	if err != nil && err != io.EOF && context.Cause(w.ctx) == errStalled {
		err = errStalled
	}
	return n, err
}

func (w *watched) Close() error {
	w.timer.Stop()
	err := w.ReadCloser.Close()
	w.cancel(nil)
	return err
}
