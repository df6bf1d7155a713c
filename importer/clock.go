package importer

import "time"

// ClockSkew is how far two clocks may be apart that are both right enough.
const ClockSkew = time.Minute

// SteadyClock is a clock that begins with what now says and goes on by the monotonic clock
// that now reads beside it, so that a clock which is set in the middle of a run makes
// no part of it longer or shorter. It counts milliseconds, as times are stored.
func SteadyClock(now func() time.Time) func() time.Time {
	began := now()
	wall := began.UTC() // without the reading of the monotonic clock
	return func() time.Time { return wall.Add(now().Sub(began).Round(time.Millisecond)) }
}
