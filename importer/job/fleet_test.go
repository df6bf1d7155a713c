package job

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// What goes wrong in one store concerns no other, and of those whose turn has not come
// when it is stopped none is begun.
func TestForAll(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	wrong := errors.New("wrong")
	outcomes := make([]Outcome, 4)
	ForAll(ctx, len(outcomes), 1, func(_ context.Context, i int) (Report, error) {
		if i == 2 {
			stop()
		}
		return Report{Planned: true}, map[int]error{1: wrong}[i]
	}, func(i int, o Outcome) { outcomes[i] = o })
	for i, want := range []Outcome{{Begun: true}, {Begun: true, Err: wrong}, {Begun: true}, {Err: context.Canceled}} {
		if got := outcomes[i]; got.Begun != want.Begun || !errors.Is(got.Err, want.Err) || got.Report.Planned != want.Begun {
			t.Errorf("%d: %+v", i, got)
		}
	}
}

// So many are at work at the same time, and no more.
func TestInParallel(t *testing.T) {
	t.Parallel()
	var now, done atomic.Int32
	both := make(chan struct{})
	InParallel(5, 2, func(i int) {
		if now.Add(1) > 2 {
			t.Error("three at a time")
		}
		if i < 2 { // each waits for the other
			select {
			case both <- struct{}{}:
			case <-both:
			}
		}
		now.Add(-1)
		done.Add(1)
	})
	if done.Load() != 5 {
		t.Errorf("%d were done", done.Load())
	}
}
