package client

import "time"

// A throttled request is sent again when the shop has the points that it costs
// (budget.go keeps requests from being throttled at all). A 429 says itself how long to
// wait (status.go), and a failure that says nothing is followed by a pause that grows.

// untilPaid returns how long to wait after THROTTLED: until the points are there, but at least
// a second, as Shopify advises (https://shopify.dev/docs/api/usage/limits).
func untilPaid(cost *queryCost) time.Duration {
	if cost == nil || cost.ThrottleStatus == nil {
		return time.Second
	}
	return max(time.Second, cost.ThrottleStatus.timeToRestore(cost.RequestedQueryCost-cost.ThrottleStatus.CurrentlyAvailable))
}

// waitFor returns how long to wait after a failure, the so-many-th of its kind in a row.
func waitFor(f *failure, failed int) time.Duration {
	if f.wait > 0 {
		return f.wait
	}
	return backoffAfter(failed)
}
