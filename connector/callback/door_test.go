package callback

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/testdata/loopback"
)

// No two handshakes have the same state.
func TestStatesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		h := newTestHandshake()
		if len(h.state) < 22 || seen[h.state] {
			t.Fatalf("state %q", h.state)
		}
		seen[h.state] = true
	}
}

func newTestHandshake() *Handshake {
	return NewHandshake(func(state string) string { return "https://tea.shop/authorize?state=" + state },
		func(query url.Values) (string, error) { return query.Get("shop"), nil })
}

// The page says how it ended, however long the exchange takes: that the server
// stops to read does not mean that nobody waits.
func TestPageWaitsForTheExchange(t *testing.T) {
	page := httptest.NewRecorder()
	gone, leave := context.WithCancel(t.Context())
	leave()
	h := newTestHandshake()
	d := &Door{handshake: h, shop: "tea.shop", callback: &url.URL{Scheme: "http", Host: "127.0.0.1:1", Path: "/callback"}}
	served := make(chan bool)
	go func() {
		request := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:1/callback?state="+h.state, nil)
		d.ServeHTTP(page, request.WithContext(gone))
		close(served)
	}()
	(<-h.Accepted).TellOutcome(nil)
	<-served
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "tea.shop is connected") {
		t.Errorf("%d %s", page.Code, page.Body)
	}
}

// A port is free as soon as the door is closed, also when that comes before anybody
// could be served.
func TestThePortIsFreeAtOnce(t *testing.T) {
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		door, err := Listen(&url.URL{Scheme: "http", Host: address, Path: "/callback"}, "CALLBACK_URL")
		if err != nil {
			t.Fatal(err)
		}
		door.OpenFor(newTestHandshake(), "tea.shop")
		door.Close()
	}
}
