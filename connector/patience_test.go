package connector

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A wait is told after three seconds, or at once where it is known to be longer;
// what goes on begins it anew, and its end is a fault.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []Wait
		p := NewPatience(time.Minute, func(w Wait) { told = append(told, w) })
		if !p.Allows("a", 2*time.Second) || len(told) != 0 {
			t.Error("a short wait is told")
		}
		if !p.Allows("a", 35*time.Second) || len(told) != 1 || !told[0].Until.Equal(time.Now().Add(35*time.Second)) {
			t.Errorf("told %v", told)
		}
		time.Sleep(35 * time.Second)
		if p.Allows("a", 30*time.Second) {
			t.Error("waits that add up to more than the patience are allowed")
		}
		p.Moved()
		if !p.Allows("a", 30*time.Second) || p.Allows("b", 2*time.Minute) {
			t.Error("what went on did not count")
		}
		began := time.Now()
		err := p.Await(t.Context(), 100*time.Millisecond, func() string { return "somebody" }, func() (bool, error) { return false, nil })
		var fault *Fault
		if !errors.As(err, &fault) || fault.Code != Locked || !strings.Contains(fault.Message, "somebody") || time.Since(began) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		if last := told[len(told)-1]; last.For != "somebody" || !last.Until.Equal(began.Add(time.Minute)) {
			t.Errorf("told %v", last)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.Await(ctx, time.Millisecond, func() string { return "" }, func() (bool, error) { return false, nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}
