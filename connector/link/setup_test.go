package link

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
	"github.com/eshopos/eshopctl/testdata/loopback"
)

// setup is a service with its surroundings, and a connect under way.
type setup struct {
	*testing.T
	platform *fakeshop.Provider
	registry *fakeshop.Registry
	service  *Service
	request  Request
	told     *lines
	opened   chan string
}

type lines struct {
	mu  sync.Mutex
	all []string
}

func (l *lines) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, line)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.all, "\n")
}

func newSetup(t *testing.T) *setup {
	s := &setup{T: t, platform: fakeshop.NewProvider(t), registry: fakeshop.NewRegistry(), told: &lines{}, opened: make(chan string, 1)}
	s.service = &Service{
		Provider: s.platform, Registry: s.registry, Now: time.Now,
		App: connector.App{ClientID: "client", Secret: connector.NewSecret("CANARY-secret"), CallbackURL: "http://" + freeAddress(t) + "/callback"},
	}
	s.request = Request{Store: "main", Shop: "tea.shop", Auth: connector.Browser, Timeout: time.Minute, Operator: Operator{
		OpenBrowser: func(address string) error { s.opened <- address; return nil },
		Tell:        s.told.add,
	}}
	return s
}

func freeAddress(t *testing.T) string {
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

type outcome struct {
	connector connector.Connector
	err       error
}

// start begins a connect and returns the parameters that went to the merchant.
func (s *setup) start(ctx context.Context) (authorize url.Values, done <-chan outcome) {
	s.Helper()
	ended := make(chan outcome, 1)
	go func() {
		c, err := s.service.Connect(ctx, s.request)
		ended <- outcome{c, err}
	}()
	select {
	case start := <-s.opened:
		response := s.get(start, nil)
		location, err := url.Parse(response.Header.Get("Location"))
		if err != nil || response.StatusCode != http.StatusFound {
			s.Fatalf("start: %d %v", response.StatusCode, err)
		}
		return location.Query(), ended
	case early := <-ended:
		s.Fatalf("ended before the browser was opened: %v", early.err)
	}
	return nil, nil
}

// get asks without following redirects.
func (s *setup) get(address string, change func(*http.Request)) *http.Response {
	s.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		s.Fatal(err)
	}
	if change != nil {
		change(request)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	response.Body = io.NopCloser(strings.NewReader(string(body)))
	return response
}

func (s *setup) callback(query url.Values) string {
	return s.service.App.CallbackURL + "?" + query.Encode()
}

func signed(state string) url.Values {
	return url.Values{"state": {state}, "hmac": {"signed"}, "shop": {"tea.shop"}, "code": {"code-1"}, "timestamp": {"now"}}
}

func with(query url.Values, name, value string) url.Values {
	changed := url.Values{}
	for n, v := range query {
		changed[n] = v
	}
	changed.Set(name, value)
	return changed
}

func without(query url.Values, name string) url.Values {
	changed := with(query, name, "")
	delete(changed, name)
	return changed
}

// fails checks that an error is a *Fault with this reason, and what is on
// record after it.
func (s *setup) fails(err error, reason connector.Reason) *connector.Fault {
	s.Helper()
	fault := s.faultWith(err, reason)
	c, _ := s.registry.Connector(context.Background(), "main", "fake")
	if reason != "" && (c.LastAttempt == nil || c.LastAttempt.Reason != reason || c.LastAttempt.Text != fault.Message) {
		s.Errorf("on record: %+v, want %s: %s", c.LastAttempt, reason, fault.Message)
	}
	return fault
}

// refused checks that an error is a *Fault with this reason and that nothing of it is
// on record.
func (s *setup) refused(err error, reason connector.Reason) *connector.Fault {
	s.Helper()
	fault := s.faultWith(err, reason)
	if c, _ := s.registry.Connector(context.Background(), "main", "fake"); c.LastAttempt != nil {
		s.Errorf("on record: %+v", c.LastAttempt)
	}
	return fault
}

// faultWith checks that an error is a *Fault with this reason, and has a hint.
func (s *setup) faultWith(err error, reason connector.Reason) *connector.Fault {
	s.Helper()
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Reason != reason {
		s.Fatalf("got %v, want a fault with reason %s", err, reason)
	}
	if len(fault.Next) == 0 {
		s.Errorf("%s has no hint", reason)
	}
	return fault
}
