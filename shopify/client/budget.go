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

// Points is the app's budget at a shop as each answer tells it: points
// left, the most there can be, and points that come back per second. Shopify
// writes the numbers with or without a fraction.
type Points struct {
	MaximumAvailable   float64
	CurrentlyAvailable float64
	RestoreRate        float64
}

// longestPause bounds one pause, whatever figures the shop sends; after it they
// are looked at again.
const longestPause = 60 * time.Second

// timeToRestore is how long it takes until that many points come back, in whole
// milliseconds.
func (s Points) timeToRestore(points float64) time.Duration {
	if points <= 0 || s.RestoreRate <= 0 {
		return 0
	}
	seconds := min(points/s.RestoreRate, longestPause.Seconds())
	return time.Duration(math.Ceil(seconds*1000)) * time.Millisecond
}

// queryCost is what an answer says about its price. ActualQueryCost is nil when
// the query did not run.
type queryCost struct {
	RequestedQueryCost float64
	ActualQueryCost    *float64
	ThrottleStatus     *Points
}

// budget mirrors the shop's own account of query costs, so that a request goes
// out when the shop can pay for it and not before. A request is refused when
// its requested cost exceeds the points left, whatever it would really cost
// (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits).
type budget struct {
	pause func(context.Context, time.Duration) error
	turn  chan struct{} // held by the request that waits for points; others queue

	mu     sync.Mutex
	status Points // reservations are taken off already
	asOf   time.Time
	open   map[*reservation]bool
	prices map[string]float64
	trip   time.Duration // how long an answer is on its way, lately
}

// reservation is the price of one request that is under way. It is shared when
// another one was under way at the same time.
type reservation struct {
	price  float64
	shared bool
	began  time.Time
}

func newBudget(pause func(context.Context, time.Duration) error) *budget {
	return &budget{pause: pause, turn: make(chan struct{}, 1), open: map[*reservation]bool{}, prices: map[string]float64{}}
}

// priceOf is the requested cost of a document with these variables: what the shop
// named last, or the most it can be.
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

// priceKey holds the variables that a price depends on: the sizes of pages.
func priceKey(d queries.Document, variables map[string]any) string {
	sizes := maps.Clone(variables)
	maps.DeleteFunc(sizes, func(_ string, value any) bool { _, isSize := value.(int); return !isSize })
	return fmt.Sprint(d, sizes)
}

// reservePoints waits until the shop can pay price points and takes them. No shop takes
// longer than longestPause to fill its budget: after that its figures are not
// believed, and it is asked.
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

// takePoints reserves price points, or tells how long to wait for them.
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

// pointsNow is the budget as far as it is known.
func (b *budget) pointsNow() Points {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.restorePoints()
	return b.status
}

// settleCost ends a reservation; cost is nil when the shop did not tell. What it
// told is exact if nothing else was under way. Otherwise it may be older than
// other requests: then the price that was not used comes back, and what the shop
// told is only the most that there can be.
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

// hasSpare reports whether points are left over for one more request at a time: as
// many should be on their way as spend what comes back meanwhile, and a little of
// what was saved.
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

// savedFor is how long it may take to spend a full budget; Shopify saves for as long.
const savedFor = 20 * time.Second
