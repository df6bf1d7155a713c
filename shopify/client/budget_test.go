package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// pacedShop charges as Shopify does: there must be points for the requested cost, and those that
// were not used come back.
type pacedShop struct {
	mu                sync.Mutex
	available         float64
	maximum, restores float64
	asOf              time.Time
	requested, actual float64
	latency           time.Duration
	patience          *connector.Patience // of its client
	neighbour         func(*pacedShop)    // another program that uses the same app
	answered, refused int
	spent             float64
}

func (s *pacedShop) RoundTrip(*http.Request) (*http.Response, error) {
	body := s.charge()
	time.Sleep(s.latency)
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

func (s *pacedShop) charge() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.available = min(s.maximum, s.available+now.Sub(s.asOf).Seconds()*s.restores)
	s.asOf = now
	if s.neighbour != nil {
		s.neighbour(s)
	}
	if s.available < s.requested {
		s.refused++
		return `{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],` + s.extensions("null") + `}`
	}
	s.answered++
	s.available -= s.actual
	s.spent += s.actual
	return goodBody[:len(goodBody)-1] + "," + s.extensions(fmt.Sprint(s.actual)) + "}"
}

func (s *pacedShop) extensions(actual string) string {
	return fmt.Sprintf(`"extensions":{"cost":{"requestedQueryCost":%.0f,"actualQueryCost":%s,"throttleStatus":{"maximumAvailable":%.1f,"currentlyAvailable":%.0f,"restoreRate":%.1f}}}`,
		s.requested, actual, s.maximum, s.available, s.restores)
}

func newPacedShop(requested, actual float64) *pacedShop {
	return &pacedShop{available: 2000, maximum: 2000, restores: 100, asOf: time.Now(),
		requested: requested, actual: actual, latency: 300 * time.Millisecond}
}

func (s *pacedShop) client(waiting func(time.Duration)) *Client {
	site, _ := site.New("", site.Way{Transport: s, Patience: s.patience})
	return New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{Told: waiting})
}

func TestBudgetIsUsedUpButNeverExceeded(t *testing.T) {
	for _, c := range []struct{ requested, actual float64 }{{300, 300}, {398, 210}, {36, 30}} {
		for _, sideBySide := range []int{1, 4} {
			synctest.Test(t, func(t *testing.T) {
				shop := newPacedShop(c.requested, c.actual)
				client := shop.client(nil)
				if err := askMany(client, 200, sideBySide); err != nil {
					t.Fatal(err)
				}
				if shop.refused != 0 {
					t.Errorf("%v side by side %d: %d requests were refused", c, sideBySide, shop.refused)
				}
			})
		}
	}
}

func TestBudgetIsNotLeftIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newPacedShop(300, 300)
		start := time.Now()
		if err := askMany(shop.client(nil), 100, 4); err != nil {
			t.Fatal(err)
		}
		earned := shop.maximum + time.Since(start).Seconds()*shop.restores
		if used := shop.spent / earned; used < 0.95 {
			t.Errorf("only %.0f %% of the points were used", used*100)
		}
	})
}

func TestWaitsAreExactAndTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newPacedShop(300, 300)
		shop.latency = 0
		var waited time.Duration
		start := time.Now()
		if err := askMany(shop.client(func(d time.Duration) { waited += d }), 20, 1); err != nil {
			t.Fatal(err)
		}
		// 20 * 300 points, 2,000 of them at hand, the rest at 100 a second.
		if took := time.Since(start); took < 40*time.Second || took > 40*time.Second+50*time.Millisecond || waited != took {
			t.Errorf("took %v, told of %v", took, waited)
		}
	})
}

// hazard N6
func TestThrottledStormPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newPacedShop(300, 300)
		storm := 10
		shop.neighbour = func(s *pacedShop) {
			if storm > 0 {
				storm--
				s.available = 100
			}
		}
		start := time.Now()
		if err := askMany(shop.client(nil), 3, 1); err != nil {
			t.Fatal(err)
		}
		// Each time 200 points are missing, which come back in two seconds.
		if took := time.Since(start); shop.refused != 10 || took < 20*time.Second || took > 30*time.Second {
			t.Errorf("%d refusals, %v", shop.refused, took)
		}
	})
}

// After THROTTLED the client waits until the missing points are back, and at least a second.
func TestThrottledIsWaitedForUntilItIsPaid(t *testing.T) {
	for _, c := range []struct {
		price, left, rate float64
		wait              time.Duration
	}{
		{300, 100, 100, 2 * time.Second}, {300, 100, 50, 4 * time.Second}, {300, 299, 100, time.Second}, {300, 400, 100, time.Second},
		{300, 0, 0, time.Second}, {100_000, 0, 1, longestPause},
	} {
		var a answer
		a.Extensions.Cost = &queryCost{RequestedQueryCost: c.price, ThrottleStatus: &Points{2000, c.left, c.rate}}
		if wait := untilPaid(a.Extensions.Cost); wait != c.wait {
			t.Errorf("%+v: waits %v", c, wait)
		}
	}
	if wait := untilPaid(nil); wait != time.Second {
		t.Errorf("without figures: %v", wait)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop := newPacedShop(300, 300)
		shop.available = 300
		client := shop.client(nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var data json.RawMessage
		var err error
		for err == nil {
			err = client.Ask(ctx, queries.Shop, nil, &data)
		}
		if err != context.DeadlineExceeded {
			t.Errorf("got %v", err)
		}
	})
}

func TestAbsurdFiguresDoNotStopTheClock(t *testing.T) {
	status := Points{MaximumAvailable: 1e300, CurrentlyAvailable: -1e300, RestoreRate: 1e-300}
	if wait := status.timeToRestore(1e300); wait != longestPause {
		t.Errorf("waits %v", wait)
	}
}

func askMany(client *Client, times, sideBySide int) error {
	var group errgroup.Group
	group.SetLimit(sideBySide)
	for range times {
		group.Go(func() error {
			var data json.RawMessage
			return client.Ask(context.Background(), queries.Shop, nil, &data)
		})
	}
	return group.Wait()
}

// The operator is told of a pause for points. One that is longer than patience allows does not
// begin.
func TestPointsAreWaitedForWithPatience(t *testing.T) {
	for limit, want := range map[time.Duration]bool{time.Minute: true, 2 * time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			shop := newPacedShop(1000, 1000)
			var told []connector.Wait
			shop.patience = connector.NewPatience(limit, func(w connector.Wait) { told = append(told, w) })
			client := shop.client(nil)
			began := time.Now()
			err := askMany(client, 4, 1)
			var fault *connector.Fault
			if want && (err != nil || len(told) == 0 || !strings.Contains(told[0].For, shopName+", until it has points")) {
				t.Errorf("%v, told %v", err, told)
			}
			if !want && (!errors.As(err, &fault) || fault.Code != connector.Throttled ||
				len(told) > 0 || time.Since(began) > 5*time.Second) {
				t.Errorf("%v after %v, told %v", err, time.Since(began), told)
			}
		})
	}
}
