package shopify

import (
	"context"
	"fmt"
	"maps"
	"math"
	"sync"
	"time"
)

// throttleStatus is the app's budget at a shop as each answer tells it: points
// left, the most there can be, and points that come back per second. Shopify
// writes the numbers with or without a fraction.
type throttleStatus struct {
	MaximumAvailable   float64
	CurrentlyAvailable float64
	RestoreRate        float64
}

// longestPause bounds one pause, whatever figures the shop sends; after it they
// are looked at again.
const longestPause = 60 * time.Second

// restoring is how long it takes until that many points come back, in whole
// milliseconds.
func (s throttleStatus) restoring(points float64) time.Duration {
	if points <= 0 || s.RestoreRate <= 0 {
		return 0
	}
	seconds := min(points/s.RestoreRate, longestPause.Seconds())
	return time.Duration(math.Ceil(seconds*1000)) * time.Millisecond
}

// budget mirrors the shop's own account of query costs, so that a request goes
// out when the shop can pay for it and not before. A request is refused when
// its requested cost exceeds the points left, whatever it would really cost
// (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits).
type budget struct {
	pause func(context.Context, time.Duration) error
	turn  chan struct{} // held by the request that waits for points; others queue

	mu      sync.Mutex
	status  throttleStatus
	asOf    time.Time
	pending float64 // reserved by requests that are not answered yet
	prices  map[string]float64
}

func newBudget(pause func(context.Context, time.Duration) error) *budget {
	return &budget{pause: pause, turn: make(chan struct{}, 1), prices: map[string]float64{}}
}

// price is the requested cost of a document with these variables: what the shop
// named last, or the most it can be.
func (b *budget) price(d document, variables map[string]any) float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if price, known := b.prices[priceKey(d, variables)]; known {
		return price
	}
	return d.ceiling()
}

func (b *budget) learn(d document, variables map[string]any, requested float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.prices[priceKey(d, variables)] = requested
}

// priceKey holds the variables that a price depends on: the sizes of pages.
func priceKey(d document, variables map[string]any) string {
	sizes := maps.Clone(variables)
	maps.DeleteFunc(sizes, func(_ string, value any) bool { _, isSize := value.(int); return !isSize })
	return fmt.Sprint(d, sizes)
}

// reserve waits until the shop can pay price points and takes them.
func (b *budget) reserve(ctx context.Context, price float64) error {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	for {
		wait := b.take(price)
		if wait == 0 {
			return nil
		}
		if err := b.pause(ctx, wait); err != nil {
			return err
		}
	}
}

// take reserves price points, or tells how long to wait for them.
func (b *budget) take(price float64) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.shortage(price); wait > 0 {
		return wait
	}
	b.status.CurrentlyAvailable -= price
	b.pending += price
	return 0
}

// shortage is how long it takes until price points are there.
func (b *budget) shortage(price float64) time.Duration {
	if b.status.RestoreRate <= 0 { // the shop has not told yet
		return 0
	}
	now := time.Now()
	restored := now.Sub(b.asOf).Seconds() * b.status.RestoreRate
	b.status.CurrentlyAvailable = min(b.status.MaximumAvailable, b.status.CurrentlyAvailable+restored)
	b.asOf = now
	short := min(price, b.status.MaximumAvailable) - b.status.CurrentlyAvailable
	return b.status.restoring(short)
}

// settle ends a reservation. What the shop told with its answer, if anything,
// replaces what was reckoned; requests still under way may not be in it yet.
func (b *budget) settle(price float64, told *throttleStatus) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending -= price
	if told == nil {
		return
	}
	b.status, b.asOf = *told, time.Now()
	b.status.CurrentlyAvailable -= b.pending
}
