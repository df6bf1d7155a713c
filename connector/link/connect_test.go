package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

func TestConnect(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	for name, want := range map[string]string{
		"client_id": "client", "redirect_uri": s.service.App.CallbackURL, "response_type": "code",
		"scope": "read_inventory,read_locations,read_products", "code_challenge_method": "S256",
	} {
		if sent.Get(name) != want {
			t.Errorf("%s = %q, want %q", name, sent.Get(name), want)
		}
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{22,}$`).MatchString(sent.Get("state")) {
		t.Errorf("state %q", sent.Get("state"))
	}
	page := s.get(s.callback(signed(sent.Get("state"))), nil)
	if page.StatusCode != http.StatusOK {
		t.Errorf("page: %d", page.StatusCode)
	}
	ended := <-done
	if ended.err != nil {
		t.Fatal(ended.err)
	}
	c := ended.connector
	if c.State != connector.Live || c.AccountID != "gid://shop/1" || c.Token.Kind != connector.Expiring || c.Reason != "" || c.LastAttempt.Reason != "" {
		t.Errorf("connected: %+v", c)
	}
	form := s.platform.Exchanges[0]
	for name, want := range map[string]string{
		"client_id": "client", "client_secret": "CANARY-secret", "code": "code-1", "expiring": "1", "grant_type": "authorization_code",
	} {
		if form.Get(name) != want {
			t.Errorf("exchange: %s = %q, want %q", name, form.Get(name), want)
		}
	}
	if oauth2.S256ChallengeFromVerifier(form.Get("code_verifier")) != sent.Get("code_challenge") {
		t.Error("the verifier does not fit the challenge")
	}
	if told := s.told.String(); strings.Contains(told, "CANARY") || strings.Contains(told, sent.Get("state")) {
		t.Errorf("told a secret: %s", told)
	}
}

// What a callback says ends the attempt, with its own reason.
//
// hazard O5, O22
func TestCallbackEndsAttempt(t *testing.T) {
	for reason, change := range map[connector.Reason]func(url.Values) url.Values{
		connector.AuthorizationDenied: func(q url.Values) url.Values { return with(without(q, "code"), "error", "access_denied") },
		connector.WrongShop:           func(q url.Values) url.Values { return with(q, "shop", "other.shop") },
		connector.ExchangeFailed:      func(q url.Values) url.Values { return without(q, "code") },
	} {
		t.Run(string(reason), func(t *testing.T) {
			s := newSetup(t)
			sent, done := s.start(t.Context())
			if page := s.get(s.callback(change(signed(sent.Get("state")))), nil); page.StatusCode != http.StatusBadRequest {
				t.Errorf("page: %d", page.StatusCode)
			}
			fault := s.fails((<-done).err, reason)
			if reason == connector.WrongShop && !(strings.Contains(fault.Message, "tea.shop") && strings.Contains(fault.Next.String(), "--shop other.shop")) {
				t.Errorf("%q, %q", fault.Message, fault.Next.String())
			}
			if n := s.platform.Exchanged(); n != 0 {
				t.Errorf("%d token requests", n)
			}
			if c, _ := s.registry.Connector(t.Context(), "main", "fake"); c.State != connector.Failed || c.Reason != reason {
				t.Errorf("record: %s %s", c.State, c.Reason)
			}
		})
	}
}

// Whatever else comes is refused, and the right callback still gets through.
//
// hazard O1, O4, O7
func TestRefusedCallbacksDoNotEndAttempt(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	state := sent.Get("state")
	good := signed(state)
	for _, bad := range []url.Values{
		{}, without(good, "state"), with(good, "state", ""), with(good, "state", state[:20]), with(good, "state", state+"A"),
		with(good, "state", strings.ToLower(state)), with(good, "hmac", "forged"), without(good, "hmac"), with(good, "timestamp", "old"),
		{"state": {state, state}, "hmac": {"signed"}, "shop": {"tea.shop"}, "code": {"c"}},
		{"error": {"access_denied"}},
	} {
		if page := s.get(s.callback(bad), nil); page.StatusCode != http.StatusBadRequest {
			t.Errorf("%v: %d", bad, page.StatusCode)
		}
	}
	if page := s.get(s.callback(good)+";x", nil); page.StatusCode != http.StatusBadRequest {
		t.Errorf("semicolon: %d", page.StatusCode)
	}
	if page := s.get(s.callback(good), nil); page.StatusCode != http.StatusOK {
		t.Errorf("the right one: %d", page.StatusCode)
	}
	if err := (<-done).err; err != nil {
		t.Error(err)
	}
	if n := s.platform.Exchanged(); n != 1 {
		t.Errorf("%d token requests", n)
	}
	if told := s.told.String(); strings.Count(told, "still waiting") != 1 {
		t.Errorf("told: %s", told)
	}
}

// At the end of the time the last refused callback says why.
//
// hazard O3
func TestTimeout(t *testing.T) {
	for reason, change := range map[connector.Reason]func(url.Values) url.Values{
		connector.TimedOut:      nil,
		connector.StateMismatch: func(q url.Values) url.Values { return with(q, "state", "other") },
		connector.BadSignature:  func(q url.Values) url.Values { return with(q, "hmac", "forged") },
		connector.StateExpired:  func(q url.Values) url.Values { return with(q, "timestamp", "old") },
	} {
		t.Run(string(reason), func(t *testing.T) {
			t.Parallel()
			s := newSetup(t)
			s.request.Timeout = time.Second // a callback comes before, also where others have the processors
			sent, done := s.start(t.Context())
			if change != nil {
				s.get(s.callback(change(signed(sent.Get("state")))), nil)
			}
			fault := s.fails((<-done).err, reason)
			if reason == connector.TimedOut && !strings.Contains(fault.Message, s.service.App.CallbackURL) {
				t.Error(fault.Message)
			}
			if _, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.service.App.CallbackURL, "http://"), "/callback")); err == nil {
				t.Error("still listening")
			}
		})
	}
}

// A callback that is signed and ours ends the attempt even if it names no shop.
func TestCallbackOfNoShop(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	s.get(s.callback(without(signed(sent.Get("state")), "shop")), nil)
	if fault := s.fails((<-done).err, connector.WrongShop); !strings.Contains(fault.Message, "tea.shop") || !strings.Contains(fault.Next.String(), "--shop tea.shop") {
		t.Errorf("%q, %q", fault.Message, fault.Next.String())
	}
}

// Where no browser comes although one was started, the address is shown.
func TestBrowserThatNeverComes(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	s.request.Timeout = time.Second
	s.request.Operator.OpenBrowser = func(string) error { return nil }
	_, err := s.service.Connect(t.Context(), s.request)
	s.fails(err, connector.TimedOut)
	if !strings.Contains(s.told.String(), "https://tea.shop/authorize?") {
		t.Error(s.told)
	}
}

// What to type next is a command that does the same, for the right shop.
func TestNextCommands(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*setup)
		hint   string
	}{
		"as it was asked for": {func(s *setup) {
			s.request.Permanent, s.request.Only = true, []connector.Resource{connector.Products, connector.Stock}
		},
			"connect fake --store main --shop tea.shop --permanent-token --only products,stock"},
		"in the same way": {func(s *setup) { s.request.Auth = connector.ClientCredentials },
			"connect fake --store main --shop tea.shop --auth client-credentials"},
	} {
		s := newSetup(t)
		test.change(s)
		s.request.Timeout = time.Millisecond
		s.request.Operator = Operator{}
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400); io.WriteString(w, `{}`) }
		_, err := s.service.Connect(t.Context(), s.request)
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Next.String() != test.hint {
			t.Errorf("%s: %v: %q", name, err, fault.Next.String())
		}
	}
	s := newSetup(t)
	s.request.Auth = connector.ClientCredentials
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"app_not_installed"}`)
	}
	_, err := s.service.Connect(t.Context(), s.request)
	if fault := s.fails(err, connector.AppNotInstalled); !strings.HasSuffix(fault.Next.String(), "connect fake --store main --shop tea.shop --auth browser") {
		t.Error(fault.Next.String())
	}
}

// hazard O2
func TestReplayedCallback(t *testing.T) {
	s := newSetup(t)
	release := make(chan bool)
	answer := s.platform.TokenAnswer
	s.platform.TokenAnswer = func(w http.ResponseWriter, r *http.Request) { <-release; answer(w, r) }
	sent, done := s.start(t.Context())
	statuses := make(chan int, 5)
	for range 5 {
		go func() { statuses <- s.get(s.callback(signed(sent.Get("state"))), nil).StatusCode }()
	}
	for range 4 {
		if status := <-statuses; status != http.StatusGone {
			t.Errorf("replay: %d", status)
		}
	}
	close(release)
	if status := <-statuses; status != http.StatusOK {
		t.Errorf("first: %d", status)
	}
	if err := (<-done).err; err != nil || s.platform.Exchanged() != 1 {
		t.Errorf("%v, %d token requests", err, s.platform.Exchanged())
	}
}

// hazard O24, O25
func TestTokenEndpoint(t *testing.T) {
	answers := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); io.WriteString(w, body) }
	}
	for _, test := range []struct {
		name     string
		answer   http.HandlerFunc
		reason   connector.Reason
		requests int
	}{
		{"no expiry", answers(200, `{"access_token":"t"}`), "", 1},
		{"lifetimes as text", answers(200, `{"access_token":"t","refresh_token":"r","expires_in":"3600","refresh_token_expires_in":"7776000"}`), "", 1},
		{"without refresh token", answers(200, `{"access_token":"t","expires_in":3600}`), connector.ExchangeFailed, 1},
		{"without its lifetime", answers(200, `{"access_token":"t","expires_in":3600,"refresh_token":"r"}`), connector.ExchangeFailed, 1},
		{"without token", answers(200, `{"refresh_token":"r"}`), connector.ExchangeFailed, 1},
		{"not JSON", answers(200, `CANARY-access not-json`), connector.ExchangeFailed, 1},
		{"code used", answers(400, `{"error":"invalid_request"}`), connector.ExchangeFailed, 1},
		{"echo", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(400)
			io.WriteString(w, r.PostForm.Encode())
		}, connector.ExchangeFailed, 1},
		{"wrong secret", answers(401, `{"error":"invalid_client"}`), connector.InvalidClient, 1},
		{"down", answers(503, `CANARY-access`), connector.ExchangeFailed, 2},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusPermanentRedirect)
		}, connector.ExchangeFailed, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSetup(t)
			s.platform.TokenAnswer = test.answer
			sent, done := s.start(t.Context())
			s.get(s.callback(signed(sent.Get("state"))), nil)
			err := (<-done).err
			if test.reason != "" {
				fault := s.fails(err, test.reason)
				if text := fault.Message + fmt.Sprintf("%v", fault.Err); strings.Contains(text, "CANARY") || strings.Contains(text, "code-1") {
					t.Errorf("a secret in %q", fault.Message)
				}
			} else if err != nil {
				t.Error(err)
			}
			if s.platform.Exchanged() != test.requests {
				t.Errorf("%d requests, want %d", s.platform.Exchanged(), test.requests)
			}
		})
	}
}

// hazard O6
func TestIdentity(t *testing.T) {
	connected := func(s *setup) outcome {
		sent, done := s.start(context.Background())
		s.get(s.callback(signed(sent.Get("state"))), nil)
		return <-done
	}
	t.Run("another shop answers", func(t *testing.T) {
		s := newSetup(t)
		s.platform.Account.Domain = "other.shop"
		s.fails(connected(s).err, connector.WrongShop)
		if len(s.registry.Sealed) != 0 || len(s.platform.UninstalledFrom) != 0 {
			t.Error("the token was kept, or the app removed from a shop that is not ours")
		}
	})
	t.Run("the domain moved to another shop", func(t *testing.T) {
		s := newSetup(t)
		connected(s)
		s.platform.Account.ID = "gid://shop/2"
		s.fails(connected(s).err, connector.AccountChanged)
		if c, _ := s.registry.Connector(t.Context(), "main", "fake"); c.State != connector.Live || c.AccountID != "gid://shop/1" {
			t.Errorf("the install was harmed: %+v", c)
		}
	})
	t.Run("taken under another domain", func(t *testing.T) {
		s := newSetup(t)
		connected(s)
		s.registry.Records["other"] = s.registry.Records["main"]
		moved := s.registry.Records["other"]
		moved.Store, moved.Domain = "other", "elsewhere.shop"
		s.registry.Records = map[string]connector.Connector{"other": moved}
		s.fails(connected(s).err, connector.ShopTaken)
	})
	t.Run("scope missing", func(t *testing.T) {
		s := newSetup(t)
		s.platform.Account.Scopes = []string{"write_products"}
		c := connected(s).connector
		if c.State != connector.Live || c.Reason != connector.ScopeIsMissing || fmt.Sprint(c.Capabilities()) != "[products categories]" {
			t.Errorf("%+v", c)
		}
	})
	t.Run("not reachable", func(t *testing.T) {
		s := newSetup(t)
		s.platform.Refusal = &connector.Fault{Code: connector.Network, Message: "unreachable"}
		if fault := s.fails(connected(s).err, connector.ExchangeFailed); fault.Code != connector.NotConnected {
			t.Error(fault.Code)
		}
	})
}

// --only asks the merchant for less.
func TestOnlyAsksForLess(t *testing.T) {
	s := newSetup(t)
	s.request.Only = []connector.Resource{connector.Warehouses}
	sent, done := s.start(t.Context())
	if sent.Get("scope") != "read_locations" {
		t.Errorf("asks for %s", sent.Get("scope"))
	}
	s.get(s.callback(signed(sent.Get("state"))), nil)
	if c := (<-done).connector; fmt.Sprint(c.Capabilities(), c.Requested) != "[warehouses] [read_locations]" {
		t.Errorf("%v, requested %v", c.Capabilities(), c.Requested) // although more was granted
	}
}

// What a store was set up for stays what it was until --only says otherwise: a
// program that is connected again without it neither widens nor narrows it.
func TestConnectingAgainKeepsWhatItIsSetUpFor(t *testing.T) {
	for name, test := range map[string]struct {
		before, only []connector.Resource
		want         string
	}{
		"at first everything":      {nil, nil, "[products categories warehouses stock]"},
		"at first some":            {nil, []connector.Resource{connector.Stock, connector.Products}, "[products stock]"},
		"some, again":              {[]connector.Resource{connector.Products}, nil, "[products]"},
		"some, then others":        {[]connector.Resource{connector.Products}, []connector.Resource{connector.Warehouses}, "[warehouses]"},
		"some, then all":           {[]connector.Resource{connector.Products}, connector.Resources(), "[products categories warehouses stock]"},
		"everything, then some":    {connector.Resources(), []connector.Resource{connector.Categories}, "[categories]"},
		"everything, and connects": {connector.Resources(), nil, "[products categories warehouses stock]"},
	} {
		s := newSetup(t)
		if test.before != nil {
			s.registry.Records["main"] = connector.Connector{
				Store: "main", Provider: "fake", Platform: fakeshop.Platform(), State: connector.Inactive, Reason: connector.Disconnected, Domain: "tea.shop", AccountID: "gid://shop/1", Purpose: test.before,
			}
		}
		s.request.Only = test.only
		sent, done := s.start(t.Context())
		s.get(s.callback(signed(sent.Get("state"))), nil)
		c := (<-done).connector
		if got := fmt.Sprint(c.Purpose); got != test.want {
			t.Errorf("%s: set up for %s, want %s", name, got, test.want)
		}
		if want := strings.Join(fakeshop.Platform().ScopesFor(c.Purpose), ","); sent.Get("scope") != want {
			t.Errorf("%s: asks for %s, want %s", name, sent.Get("scope"), want)
		}
	}
}

// What is known beforehand is refused before anything is sent.
func TestKnownBeforehand(t *testing.T) {
	linked := connector.Connector{Store: "main", Provider: "fake", Platform: fakeshop.Platform(), State: connector.Live, Attached: true, Domain: "tea.shop", AccountID: "gid://shop/1", ClientID: "client"}
	t.Run("another shop", func(t *testing.T) {
		s := newSetup(t)
		s.registry.Records["main"], s.registry.Sealed["main"] = linked, connector.Secrets{AccessToken: connector.NewSecret("t")}
		s.request.Shop = "coffee.shop"
		_, err := s.service.Connect(t.Context(), s.request)
		if fault := s.refused(err, connector.AccountChanged); !strings.Contains(fault.Message, "tea.shop") || !strings.Contains(fault.Message, "coffee.shop") {
			t.Error(fault.Message)
		}
	})
	t.Run("shop of another store", func(t *testing.T) {
		s := newSetup(t)
		other := linked
		other.Store = "other"
		s.registry.Records["other"] = other
		_, err := s.service.Connect(t.Context(), s.request)
		if fault := s.refused(err, connector.ShopTaken); !strings.Contains(fault.Message, "store other") || fault.Next.String() != "status --store other" {
			t.Errorf("%s: %s", fault.Message, fault.Next.String())
		}
	})
	for name, change := range map[string]func(*setup){
		"no client id":  func(s *setup) { s.service.App.ClientID = "" },
		"no secret":     func(s *setup) { s.service.App.Secret = connector.Secret{} },
		"no shop":       func(s *setup) { s.request.Shop = "" },
		"wrong shop":    func(s *setup) { s.request.Shop = "evil.com" },
		"callback away": func(s *setup) { s.service.App.CallbackURL = "http://192.0.2.1:80/callback" },
		"callback name": func(s *setup) { s.service.App.CallbackURL = "http://localhost.evil:80/callback" },
		"callback tls":  func(s *setup) { s.service.App.CallbackURL = "https://127.0.0.1:80/callback" },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetup(t)
			change(s)
			_, err := s.service.Connect(t.Context(), s.request)
			var fault *connector.Fault
			if !errors.As(err, &fault) || fault.Code != connector.Usage || len(s.registry.Records) != 0 {
				t.Errorf("%v, on record: %v", err, s.registry.Records)
			}
		})
	}
}

// hazard O16
func TestPortBusy(t *testing.T) {
	s := newSetup(t)
	listener, err := net.Listen("tcp", strings.Split(s.service.App.CallbackURL, "/")[2])
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, err = s.service.Connect(t.Context(), s.request)
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != connector.Internal || !strings.Contains(fault.Next.String(), "ESHOPCTL_FAKE_CALLBACK_URL") {
		t.Errorf("%v", err)
	}
	if len(s.registry.Records) != 0 {
		t.Error("an attempt is on record")
	}
}

// hazard O28
func TestInterrupted(t *testing.T) {
	s := newSetup(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, done := s.start(ctx)
	cancel()
	var fault *connector.Fault
	if err := (<-done).err; !errors.As(err, &fault) || fault.Code != connector.Interrupted { // and not TimedOut
		t.Errorf("%v", err)
	}
	listener, err := net.Listen("tcp", strings.Split(s.service.App.CallbackURL, "/")[2])
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if c, _ := s.registry.Connector(t.Context(), "main", "fake"); c.State != connector.Inactive || c.Reason != connector.SetupInterrupted {
		t.Errorf("%s %s", c.State, c.Reason)
	}
}

// Without a browser the address is shown, and the callback may be pasted.
func TestPastedCallback(t *testing.T) {
	s := newSetup(t)
	input, typing := io.Pipe()
	s.request.Operator.OpenBrowser = nil
	s.request.Operator.ReadLine = func() (string, error) {
		buffer := make([]byte, 4096)
		n, err := input.Read(buffer)
		return string(buffer[:n]), err
	}
	told := make(chan string, 100)
	s.request.Operator.Tell = func(line string) { s.told.add(line); told <- line }
	done := make(chan outcome, 1)
	go func() { c, err := s.service.Connect(t.Context(), s.request); done <- outcome{c, err} }()
	var state string
	for state == "" {
		if found := regexp.MustCompile(`state=(\w+)`).FindStringSubmatch(<-told); found != nil {
			state = found[1]
		}
	}
	for _, line := range []string{"hello", "http://evil.com/callback?" + signed(state).Encode(), s.callback(with(signed(state), "hmac", "x")), s.callback(signed(state))} {
		fmt.Fprintln(typing, line)
	}
	if err := (<-done).err; err != nil {
		t.Fatal(err)
	}
	if strings.Count(s.told.String(), "bad signature; still waiting") != 1 {
		t.Error(s.told)
	}
}
