package client

import (
	"context"
	"fmt"
	"maps"
	"math"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/shopify/queries"
)

// Points is the app's budget at a shop, as the extensions of each answer state it: the most
// points there can be, the points left, and the points that come back per second
// (https://shopify.dev/docs/api/usage/limits). Shopify writes the numbers with or without a
// fraction.
type Points struct {
	MaximumAvailable   float64
	CurrentlyAvailable float64
	RestoreRate        float64
}

// longestPause bounds one pause, whatever figures the shop sends. No shop takes longer to
// fill its budget.
const longestPause = 60 * time.Second

// timeToRestore returns how long so many points take to come back, in whole milliseconds and
// at most longestPause.
func (s Points) timeToRestore(points float64) time.Duration {
	if points <= 0 || s.RestoreRate <= 0 {
		return 0
	}
	seconds := min(points/s.RestoreRate, longestPause.Seconds())
	return time.Duration(math.Ceil(seconds*1000)) * time.Millisecond
}

// queryCost is what an answer says about its price, in points. ActualQueryCost is nil when the
// query did not run.
type queryCost struct {
	RequestedQueryCost float64
	ActualQueryCost    *float64
	ThrottleStatus     *Points
}

// budget mirrors the shop's account of the app's points, so that a request waits until there
// are enough points for it. Shopify refuses a request whose requested cost exceeds the points
// left, whatever it would really cost
// (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits).
type budget struct {
	pause func(context.Context, time.Duration) error
	turn  chan struct{} // holds a token while one request waits for points; others queue

	mu     sync.Mutex
	status Points // at the time asOf; open reservations are deducted
	asOf   time.Time
	open   map[*reservation]bool
	prices map[string]float64 // by priceKey
	trip   time.Duration      // moving average of the time from a request to its answer
}

// reservation is the price of a request that is on its way.
type reservation struct {
	price  float64
	shared bool // another request was on its way at the same time
	began  time.Time
}

func newBudget(pause func(context.Context, time.Duration) error) *budget {
	return &budget{pause: pause, turn: make(chan struct{}, 1), open: map[*reservation]bool{}, prices: map[string]float64{}}
}

// priceOf returns the requested cost of a document with these variables: what the shop named
// last, or the most it can be.
func (b *budget) priceOf(d queries.Document, variables map[string]any) float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if price, known := b.prices[priceKey(d, variables)]; known {
		return price
	}
	return d.Ceiling()
}

func (b *budget) learnPrice(d queries.Document, variables map[string]any, requested float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.prices[priceKey(d, variables)] = requested
}

// priceKey identifies a document and the variables that its price depends on: the sizes of
// pages.
func priceKey(d queries.Document, variables map[string]any) string {
	sizes := maps.Clone(variables)
	maps.DeleteFunc(sizes, func(_ string, value any) bool { _, isSize := value.(int); return !isSize })
	return fmt.Sprint(d, sizes)
}

// reservePoints waits until there are price points and takes them. After longestPause it does
// not believe the shop's figures any more and takes them anyway.
func (b *budget) reservePoints(ctx context.Context, price float64) (*reservation, error) {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	for waited := time.Duration(0); ; {
		reserved, wait := b.takePoints(price, waited >= longestPause)
		if reserved != nil {
			return reserved, nil
		}
		waited += wait
		if err := b.pause(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// takePoints reserves price points, or returns how long to wait for them.
func (b *budget) takePoints(price float64, atOnce bool) (*reservation, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.restorePoints()
	if wait := b.status.timeToRestore(min(price, b.status.MaximumAvailable) - b.status.CurrentlyAvailable); wait > 0 && !atOnce {
		return nil, wait
	}
	reserved := &reservation{price: price, shared: len(b.open) > 0, began: b.asOf}
	for other := range b.open {
		other.shared = true
	}
	b.open[reserved] = true
	b.status.CurrentlyAvailable -= price
	return reserved, 0
}

func (b *budget) restorePoints() {
	now := time.Now()
	restored := now.Sub(b.asOf).Seconds() * b.status.RestoreRate
	b.status.CurrentlyAvailable = min(b.status.MaximumAvailable, b.status.CurrentlyAvailable+restored)
	b.asOf = now
}

// pointsNow returns the budget as far as it is known.
func (b *budget) pointsNow() Points {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.restorePoints()
	return b.status
}

// settleCost ends a reservation; cost is nil when the answer did not state it. The shop's
// status is exact if no other request was on its way. Otherwise it may be from before other
// requests: then the points that were reserved but not used are added, and the status is only
// an upper bound.
func (b *budget) settleCost(r *reservation, cost *queryCost) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.open, r)
	b.restorePoints()
	b.trip += (b.asOf.Sub(r.began) - b.trip) / 4
	b.status.CurrentlyAvailable += r.price
	if cost == nil || cost.ThrottleStatus == nil {
		return
	}
	if cost.ActualQueryCost != nil {
		b.status.CurrentlyAvailable -= *cost.ActualQueryCost
	}
	reckoned := b.status.CurrentlyAvailable
	b.status = *cost.ThrottleStatus
	if r.shared {
		b.status.CurrentlyAvailable = min(reckoned, b.status.CurrentlyAvailable)
	}
}

// hasSpare reports whether the budget allows one more request of that price to be on its way
// all the time: the requests on their way may cost what comes back until they are answered,
// and a part of what was saved.
func (b *budget) hasSpare(price float64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.restorePoints()
	left, rate := b.status.CurrentlyAvailable, b.status.RestoreRate+b.status.CurrentlyAvailable/savedFor.Seconds()
	flying := price
	for other := range b.open {
		flying += other.price
	}
	return left >= price && flying <= rate*b.trip.Seconds()
}

// savedFor is in how long a full budget is spent. Shopify's budgets hold the points of 20
// seconds (https://shopify.dev/docs/api/usage/limits).
const savedFor = 20 * time.Second
