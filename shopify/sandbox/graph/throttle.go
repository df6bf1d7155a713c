package graph

import (
	"math"
	"time"
)

// Bucket is the leaky bucket of query points of one app in one shop.
type Bucket struct {
	size, restoreRate float64
	used              float64
	at                time.Time
}

// NewBucket returns an empty bucket that restores so many points a second.
func NewBucket(size, restoreRate float64, now time.Time) Bucket {
	return Bucket{size: size, restoreRate: restoreRate, at: now}
}

// leakUntil restores the points of the time since the last call and returns how many are available.
func (b *Bucket) leakUntil(now time.Time) float64 {
	if now.After(b.at) {
		b.used = math.Max(0, b.used-b.restoreRate*now.Sub(b.at).Seconds())
		b.at = now
	}
	return b.size - b.used
}

// takePoints reserves points, or refuses when fewer are available.
func (b *Bucket) takePoints(points float64, now time.Time) bool {
	if points > b.leakUntil(now) {
		return false
	}
	b.used += points
	return true
}

// giveBack returns what a query reserved and did not need.
func (b *Bucket) giveBack(points float64) {
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

func (b *Bucket) costReport(requested float64, actual *float64) costReport {
	return costReport{requested, actual, throttleStatus{b.size, math.Floor(b.size - b.used), b.restoreRate}}
}
