package sandbox

import (
	"math"
	"time"
)

// bucket is the leaky bucket of query points of one app in one shop.
type bucket struct {
	size, restoreRate float64
	used              float64
	at                time.Time
}

// settle lets out what leaked since the last look and returns what is available.
func (b *bucket) settle(now time.Time) float64 {
	if now.After(b.at) {
		b.used = math.Max(0, b.used-b.restoreRate*now.Sub(b.at).Seconds())
		b.at = now
	}
	return b.size - b.used
}

// take reserves points, or refuses when fewer are available.
func (b *bucket) take(points float64, now time.Time) bool {
	if points > b.settle(now) {
		return false
	}
	b.used += points
	return true
}

// giveBack returns what a query reserved and did not need.
func (b *bucket) giveBack(points float64) {
	b.used = math.Max(0, b.used-math.Max(0, points))
}

// costReport is extensions.cost.
type costReport struct {
	Requested float64        `json:"requestedQueryCost"`
	Actual    *float64       `json:"actualQueryCost"`
	Throttle  throttleStatus `json:"throttleStatus"`
}

type throttleStatus struct {
	Maximum   float64 `json:"maximumAvailable"`
	Available float64 `json:"currentlyAvailable"`
	Restore   float64 `json:"restoreRate"`
}

func (b *bucket) report(requested float64, actual *float64) costReport {
	return costReport{requested, actual, throttleStatus{b.size, math.Floor(b.size - b.used), b.restoreRate}}
}
