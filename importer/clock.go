package importer

import "time"

// ClockSkew is the largest difference between two clocks that both count as right.
const ClockSkew = time.Minute

// SteadyClock returns a clock that starts at now and advances by the monotonic clock, so
// that setting the system clock during a run makes no part of the run longer or shorter.
// Its times are rounded to milliseconds, as they are stored.
func SteadyClock(now func() time.Time) func() time.Time {
	began := now()
	wall := began.UTC() // without the reading of the monotonic clock
	return func() time.Time { return wall.Add(now().Sub(began).Round(time.Millisecond)) }
}
