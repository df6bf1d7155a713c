package client

import (
	"net/http"
	"sync"
	"time"
)

// headers holds what the headers of answers said about the shop.
type headers struct {
	mu      sync.Mutex
	version string        // of the API that answered; "" before the first answer
	ahead   time.Duration // how far the shop's clock is ahead of this machine's
}

// noteTime notes the shop's clock. This machine's may be wrong by hours, so that changes in
// the shop are searched for by the shop's own clock.
func (h *headers) noteTime(date string) {
	at, err := http.ParseTime(date)
	if err != nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead = time.Until(at)
}

// shopTime returns the time by the shop's clock.
func (h *headers) shopTime() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Now().Add(h.ahead)
}

// answeredVersion returns the version of the API that answered, "" before the first answer.
func (h *headers) answeredVersion() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.version
}

// noteVersion notes which version answered. One that is not the version asked for stays.
func (h *headers) noteVersion(answered, asked string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.version == "" || h.version == asked {
		h.version = answered
	}
}
