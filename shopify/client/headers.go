package client

import (
	"net/http"
	"sync"
	"time"
)

// headers keep what the headers of answers told about the shop.
type headers struct {
	mu      sync.Mutex
	version string        // of the API, that answered; "" before
	ahead   time.Duration // the shop's clock before ours
}

// noteTime remembers how far the shop's clock is ahead of ours, which may be
// wrong by hours; what the shop changed is asked for by its own.
func (h *headers) noteTime(date string) {
	at, err := http.ParseTime(date)
	if err != nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ahead = time.Until(at)
}

// shopTime is what time it is at the shop.
func (h *headers) shopTime() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Now().Add(h.ahead)
}

// answeredVersion is the version of the API that answered: another than was asked for, once one
// did; "" before any.
func (h *headers) answeredVersion() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.version
}

func (h *headers) noteVersion(answered, asked string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.version == "" || h.version == asked {
		h.version = answered
	}
}
