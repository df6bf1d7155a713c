package terminal

import (
	"strings"
	"testing"
	"time"
)

// The program's clock has times as they are stored, and the monotonic clock beside
// them: a duration must not follow somebody who sets the clock.
func TestTheClockIsMonotonic(t *testing.T) {
	for began := time.Now(); time.Since(began) < 2*time.Millisecond; { // else what is cut off reaches back to before the process
	}
	at := ProcessEnv(nil).Now()
	if !strings.Contains(at.String(), " m=+") {
		t.Errorf("%s has no reading of the monotonic clock", at)
	}
	if at.Nanosecond()%int(time.Millisecond) != 0 || time.Since(at) > time.Second {
		t.Errorf("%s is no time to the millisecond", at)
	}
}
