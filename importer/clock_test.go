package importer

import (
	"testing"
	"time"
)

// Times within a run are as far apart as the monotonic clock says, which a time that
// was brought to UTC or cut does not hold any more.
func TestSteady(t *testing.T) {
	began := time.Now()
	at := began
	clock := SteadyClock(func() time.Time { return at })
	for _, passed := range []time.Duration{0, 3 * time.Millisecond, 2 * time.Hour} {
		at = began.Add(passed + 200) // nanoseconds, by which two readings of the two clocks may differ
		if got := clock(); !got.Equal(began.Round(0).Add(passed)) || got.Location() != time.UTC {
			t.Errorf("after %s it is %s, and began at %s", passed, got, began)
		}
	}
}
