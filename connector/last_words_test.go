package connector

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// What is worth writing may go on while nobody stops the program, and for a moment
// after that.
func TestLastWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		last, cancel := LastWords(ctx)
		defer cancel()
		moment, cancelMoment := ForAMoment(ctx)
		defer cancelMoment()
		time.Sleep(time.Hour)
		if last.Err() != nil || moment.Err() == nil {
			t.Errorf("after an hour: %v, %v", last.Err(), moment.Err())
		}
		stop()
		time.Sleep(AMoment - time.Millisecond)
		if last.Err() != nil {
			t.Error("it ends at once")
		}
		time.Sleep(2 * time.Millisecond)
		if last.Err() == nil {
			t.Error("it goes on")
		}
		late, cancelLate := ForAMoment(ctx)
		defer cancelLate()
		if late.Err() != nil {
			t.Error("it ends with what has ended")
		}
	})
}
