package platform

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

// Front may answer in the place of one shop: as the platform, which does not serve every shop, or as a proxy on the
// way to it. It is safe for use from several goroutines.
type Front struct {
	mu    sync.Mutex
	state State
	page  int    // status of a proxy's page, 0 for none
	wait  string // seconds that requests are told to wait
	times int    // how often they are
}

// SetState changes whether the platform serves the shop.
func (f *Front) SetState(state State, on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.state = Open
	if on {
		f.state = state
	}
}

// StateRefusal returns the answer of a platform that does not serve the shop; errors is empty when it does.
func (f *Front) StateRefusal() (status int, errors string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state.refusal()
}

// ShowPage makes a proxy answer every request with a page of its own and that status; 0 ends it.
func (f *Front) ShowPage(status int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.page = status
}

// DelayRequests refuses the next requests with status 429 and that Retry-After.
func (f *Front) DelayRequests(seconds string, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wait, f.times = seconds, times
}

// InterruptedBy answers a request in the place of the shop and reports whether it did.
func (f *Front) InterruptedBy(w http.ResponseWriter) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.page != 0:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(f.page)
		fmt.Fprint(w, "<html><head><title>Access to this site is blocked</title></head><body>Ask your administrator.</body></html>")
		return true
	case f.times > 0:
		f.times--
		w.Header().Set("Retry-After", f.wait)
		web.Refuse(w, http.StatusTooManyRequests, "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.")
		return true
	}
	return false
}

// State says whether the platform serves the shop at all.
type State int

const (
	Open State = iota
	Frozen
	Locked
	Closed
	Forbidden
)

// refusal is the answer of the platform for a shop in this state.
func (s State) refusal() (status int, errors string) {
	switch s {
	case Frozen:
		return http.StatusPaymentRequired, "Unavailable Shop"
	case Locked:
		return http.StatusLocked, "Locked" // the body of a real 423 was not seen
	case Closed:
		return http.StatusNotFound, "Not Found"
	case Forbidden:
		return http.StatusForbidden, "[API] This request is not allowed from your IP address." // wording unknown
	}
	return http.StatusOK, ""
}
