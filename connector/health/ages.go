package health

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Ages are how old data may become before its light is yellow, and before it is
// red.
type Ages struct{ Warn, Fail Limits }

// Limits is an age for all resources, except those that have one of their own.
type Limits struct {
	All time.Duration
	Of  map[connector.Resource]time.Duration
}

// For returns the limit of a resource.
func (l Limits) For(r connector.Resource) time.Duration {
	if own, ok := l.Of[r]; ok {
		return own
	}
	return l.All
}

// UsualAges returns the ages that count when nobody chose others: a day and a week.
func UsualAges() Ages {
	return Ages{Warn: Limits{All: 24 * time.Hour}, Fail: Limits{All: 7 * 24 * time.Hour}}
}
