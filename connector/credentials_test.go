package connector

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
	"time"
)

// linked is a setup with a live install whose token ends after life; zero means
// never.
func linked(t *testing.T, kind TokenKind, life time.Duration) (*setup, Connector) {
	s := newSetup(t)
	c := Connector{
		Store: "main", Provider: "fake", Platform: fake(), State: Live, Attached: true, Generation: 1, Domain: "tea.shop", AccountID: "gid://shop/1",
		ClientID: "client", Auth: Browser, Scopes: fake().ScopesFor(nil), Token: TokenInfo{Kind: kind},
	}
	if life != 0 {
		c.Token.ExpiresAt = time.Now().Add(life)
		c.Token.RenewAt = c.Token.ExpiresAt.Add(-5 * time.Minute)
	}
	s.registry.records["main"] = c
	s.registry.secrets["main"] = Secrets{AccessToken: NewSecret("old"), RefreshToken: NewSecret("old-refresh"), ClientSecret: NewSecret("CANARY-secret")}
	return s, c
}

func pair(n int) string {
	return fmt.Sprintf(`{"access_token":"new-%d","refresh_token":"refresh-%d","expires_in":3600,"refresh_token_expires_in":7776000}`, n, n)
}

func TestTokenIsRenewedAheadOfTime(t *testing.T) {
	t.Parallel()
	for life, want := range map[time.Duration]string{
		0: "old", time.Hour: "old", 6 * time.Minute: "old", 4 * time.Minute: "new-1", time.Second: "new-1", -time.Hour: "new-1",
	} {
		s, c := linked(t, Expiring, life)
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, pair(1)) }
		token, err := s.service.Credentials(c).Token(t.Context())
		if err != nil || token.Reveal() != want {
			t.Errorf("%s left: %q %v, want %q", life, token.Reveal(), err, want)
		}
		if want == "old" {
			continue
		}
		form := s.platform.exchanges[0]
		if form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != "old-refresh" || form.Get("client_secret") != "CANARY-secret" {
			t.Errorf("asked with %v", form)
		}
		kept := s.registry.records["main"].Token
		if s.registry.secrets["main"].RefreshToken.Reveal() != "refresh-1" || kept.ExpiresAt.Before(time.Now().Add(50*time.Minute)) {
			t.Error("the pair is not on record")
		}
		if ahead := kept.ExpiresAt.Sub(kept.RenewAt); ahead != 5*time.Minute {
			t.Errorf("it is to be renewed %s ahead", ahead)
		}
	}
}

// Many readers on one expired token cause one renewal.
//
// hazard S14
func TestOneRenewalForAll(t *testing.T) {
	s, c := linked(t, Expiring, -time.Minute)
	renewed := 0
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) { renewed++; io.WriteString(w, pair(renewed)) }
	var group sync.WaitGroup
	for range 8 {
		credentials := s.service.Credentials(c) // as each process has its own
		group.Go(func() {
			token, err := credentials.Token(context.Background())
			if err == nil && token.Reveal() == "old" {
				t.Error("the expired token was given")
			}
			if token, err = credentials.Refused(context.Background(), NewSecret("old")); err != nil || token.Reveal() != "new-1" {
				t.Errorf("%q %v", token.Reveal(), err)
			}
		})
	}
	group.Wait()
	if renewed != 1 {
		t.Errorf("%d renewals", renewed)
	}
}

// hazard S15
func TestLostAnswerIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s, c := linked(t, Expiring, -time.Minute)
	asked := 0
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		switch asked++; asked {
		case 1:
			panic(http.ErrAbortHandler)
		case 2:
			w.WriteHeader(520)
		default:
			io.WriteString(w, pair(asked))
		}
	}
	if token, err := s.service.Credentials(c).Token(t.Context()); err != nil || token.Reveal() != "new-3" {
		t.Errorf("%q %v", token.Reveal(), err)
	}
	for _, form := range s.platform.exchanges {
		if form.Get("refresh_token") != "old-refresh" {
			t.Errorf("asked with %s", form.Get("refresh_token"))
		}
	}
}

// hazard N9
func TestRefusedRenewal(t *testing.T) {
	t.Parallel()
	answer := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": code})
		}
	}
	for name, test := range map[string]struct {
		kind   TokenKind
		life   time.Duration
		answer http.HandlerFunc
		code   Code
		state  State
	}{
		"for good":              {Expiring, -time.Minute, answer(400, "invalid_grant"), TokenWasRefused, Inactive},
		"for good, still valid": {Expiring, time.Minute, answer(400, "invalid_grant"), "", Live},
		"wrong secret":          {Expiring, -time.Minute, answer(401, "invalid_client"), NotConnected, Live},
		"out of order":          {Expiring, -time.Minute, answer(503, ""), ProviderFault, Live},
		"app removed":           {FromSecrets, -time.Minute, answer(400, "app_not_installed"), TokenWasRefused, Inactive},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := linked(t, test.kind, test.life)
			s.platform.token = test.answer
			_, err := s.service.Credentials(c).Token(t.Context())
			var fault *Fault
			if test.code != "" && (!errors.As(err, &fault) || fault.Code != test.code || len(fault.Next) == 0 && test.code == TokenWasRefused) || test.code == "" && err != nil {
				t.Errorf("%v", err)
			}
			if got := s.registry.records["main"].State; got != test.state {
				t.Errorf("%s, want %s", got, test.state)
			}
			if kept := !s.registry.secrets["main"].AccessToken.IsZero(); kept != (test.state == Live) {
				t.Errorf("token kept: %t", kept)
			}
		})
	}
}

// While a token is still good, a renewal that fails is not tried with every request.
func TestFailedRenewalAheadOfTimeWaits(t *testing.T) {
	s, c := linked(t, Expiring, time.Minute)
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"invalid_grant"}`)
	}
	credentials := s.service.Credentials(c)
	for range 5 {
		if token, err := credentials.Token(t.Context()); err != nil || token.Reveal() != "old" {
			t.Errorf("%q %v", token.Reveal(), err)
		}
	}
	if n := s.platform.exchanged(); n != 1 {
		t.Errorf("%d requests", n)
	}
	var fault *Fault
	if _, err := credentials.Refused(t.Context(), NewSecret("old")); !errors.As(err, &fault) || fault.Code != TokenWasRefused || !strings.Contains(fault.Next.String(), "client-credentials") {
		t.Errorf("%v", err)
	}
}

// A token without renewal is over when the shop refuses it twice.
func TestPermanentToken(t *testing.T) {
	s, c := linked(t, Permanent, 0)
	if token, err := s.service.Credentials(c).Refused(t.Context(), NewSecret("old")); err != nil || token.Reveal() != "old" {
		t.Errorf("it works the second time: %v", err)
	}
	s.platform.refusal = &Fault{Code: ShopUnavailable, Message: "frozen"}
	var fault *Fault
	if _, err := s.service.Credentials(c).Refused(t.Context(), NewSecret("old")); !errors.As(err, &fault) || fault.Code != ShopUnavailable || s.registry.records["main"].State != Live {
		t.Errorf("frozen: %v", err)
	}
	s.platform.refusal = &Fault{Code: TokenWasRefused, Message: "no"}
	if _, err := s.service.Credentials(c).Refused(t.Context(), NewSecret("old")); !errors.As(err, &fault) || fault.Code != TokenWasRefused || s.registry.records["main"].State != Inactive {
		t.Errorf("refused: %v", err)
	}
}

func TestMintedToken(t *testing.T) {
	s, c := linked(t, FromSecrets, -time.Minute)
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"access_token":"minted","scope":"read_products","expires_in":86399}`)
	}
	token, err := s.service.Credentials(c).Token(t.Context())
	if err != nil || token.Reveal() != "minted" || s.platform.exchanges[0].Get("grant_type") != "client_credentials" {
		t.Errorf("%q %v", token.Reveal(), err)
	}
}

// An app that may no longer mint tokens in the shop is told of the way that is left.
func TestMintingIsNoLongerPermitted(t *testing.T) {
	s, c := linked(t, FromSecrets, -time.Minute)
	c.Auth = ClientCredentials
	s.registry.records["main"] = c
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"shop_not_permitted"}`)
	}
	_, err := s.service.Credentials(c).Token(t.Context())
	var fault *Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.Message, "different organisations") || !strings.HasSuffix(fault.Next.String(), "--auth browser") {
		t.Errorf("%v: %+v", err, fault)
	}
}

func TestSecretOfTheEnvironmentHelps(t *testing.T) {
	s, c := linked(t, Expiring, -time.Minute)
	s.service.App.Secret = NewSecret("rotated")
	s.platform.token = func(w http.ResponseWriter, r *http.Request) {
		if r.PostForm.Get("client_secret") != "rotated" {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"invalid_client"}`)
			return
		}
		io.WriteString(w, pair(1))
	}
	if _, err := s.service.Credentials(c).Token(t.Context()); err != nil || s.registry.secrets["main"].ClientSecret.Reveal() != "rotated" {
		t.Errorf("%v", err)
	}
}

// hazard S16
func TestCredentialsOfAnotherInstall(t *testing.T) {
	s, c := linked(t, Expiring, -time.Minute)
	anew := c
	anew.Generation++
	s.registry.records["main"] = anew
	if _, err := s.service.Credentials(c).Token(t.Context()); !errors.Is(err, ErrInstallChanged) {
		t.Errorf("%v", err)
	}
	s.service.App.ClientID = "another"
	var fault *Fault
	if _, err := s.service.Credentials(anew).Token(t.Context()); !errors.As(err, &fault) || fault.Code != NotConnected || !strings.Contains(fault.Message, "ESHOPCTL_FAKE_CLIENT_ID") {
		t.Errorf("%v", err)
	}
}

func TestConnectDirectly(t *testing.T) {
	t.Run("client credentials", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth = ClientCredentials
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"access_token":"minted","expires_in":86399}`)
		}
		c, err := s.service.Connect(t.Context(), s.request)
		if err != nil || c.Auth != ClientCredentials || c.Token.Kind != FromSecrets || c.Token.ExpiresAt.IsZero() {
			t.Errorf("%+v %v", c, err)
		}
	})
	t.Run("not installed", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth = ClientCredentials
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"app_not_installed"}`)
		}
		_, err := s.service.Connect(t.Context(), s.request)
		s.fails(err, AppNotInstalled)
	})
	t.Run("token", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth, s.service.App.ClientID = AdminToken, ""
		var fault *Fault
		if _, err := s.service.Connect(t.Context(), s.request); !errors.As(err, &fault) || fault.Code != Usage {
			t.Errorf("without a token: %v", err)
		}
		s.request.Token = NewSecret("CANARY-admin")
		c, err := s.service.Connect(t.Context(), s.request)
		if err != nil || c.Token.Kind != Permanent || c.ClientID != "" || s.registry.secrets["main"].AccessToken.Reveal() != "CANARY-admin" {
			t.Errorf("%+v %v", c, err)
		}
		s.platform.refusal = &Fault{Code: TokenWasRefused, Message: "no"}
		_, err = s.service.Connect(t.Context(), s.request)
		s.fails(err, ExchangeFailed)
	})
}

// A token that was minted a moment ago and is refused as well ends the install;
// one that was refreshed may come too early for some server of the shop.
func TestRefusedAfterRenewal(t *testing.T) {
	for kind, want := range map[TokenKind]State{FromSecrets: Inactive, Expiring: Live} {
		s, c := linked(t, kind, time.Hour)
		s.platform.refuses = func(Secret) bool { return true }
		asked := 0
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
			asked++
			io.WriteString(w, pair(asked))
		}
		c, err := s.service.Probe(t.Context(), c)
		var fault *Fault
		if !errors.As(err, &fault) || fault.Code != TokenWasRefused || c.State != want || asked > 2 {
			t.Errorf("%s: %v, %s after %d renewals", kind, err, c.State, asked)
		}
		if want == Live && (c.Trouble == "" || s.registry.secrets["main"].RefreshToken.Reveal() != "refresh-2") {
			t.Errorf("%s: trouble %q", kind, c.Trouble)
		}
	}
}

// A process that comes late does not renew again what another one renewed, even
// if that token is to be renewed soon as well.
func TestShortLivedTokenIsRenewedOnce(t *testing.T) {
	s, c := linked(t, Expiring, -time.Minute)
	renewed := 0
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		renewed++
		io.WriteString(w, `{"access_token":"new","refresh_token":"r","expires_in":40,"refresh_token_expires_in":7200}`)
	}
	early, late := s.service.Credentials(c), s.service.Credentials(c)
	if err := late.(*storedCredentials).rereadSecrets(t.Context()); err != nil { // it holds the old token already
		t.Fatal(err)
	}
	for _, credentials := range []Credentials{early, late, early, s.service.Credentials(c)} {
		if token, err := credentials.Token(t.Context()); err != nil || token.Reveal() != "new" {
			t.Errorf("%q %v", token.Reveal(), err)
		}
	}
	if renewed != 1 {
		t.Errorf("%d renewals", renewed)
	}
}

// A contact that failed stays on record until the next good one.
func TestTroubleIsRemembered(t *testing.T) {
	for name, test := range map[string]struct {
		refusal *Fault
		reason  Reason
		trouble bool
	}{
		"network":     {&Fault{Code: Network, Message: "no route"}, "", true},
		"outage":      {&Fault{Code: ProviderFault, Message: "status 503"}, "", true},
		"frozen":      {&Fault{Code: ShopUnavailable, Message: "frozen"}, ShopIsUnavailable, true},
		"forbidden":   {&Fault{Code: ShopUnavailable, Reason: Refused, Message: "not from here"}, Refused, true},
		"our key":     {&Fault{Code: KeyUnusable, Message: "no key"}, "", false},
		"our reading": {&Fault{Code: IncompleteRead, Message: "counts do not agree"}, "", false},
		"usage":       {&Fault{Code: Usage, Message: "no"}, "", false},
	} {
		s, c := linked(t, Permanent, 0)
		s.platform.refusal = test.refusal
		var fault *Fault
		if _, err := s.service.Probe(t.Context(), c); !errors.As(err, &fault) || fault.Code != test.refusal.Code {
			t.Errorf("%s: %v", name, err)
		}
		kept := s.registry.records["main"]
		if kept.State != Live || kept.Reason != test.reason || (kept.Trouble == test.refusal.Message) != test.trouble {
			t.Errorf("%s: %s %s %q", name, kept.State, kept.Reason, kept.Trouble)
		}
		s.platform.refusal = nil
		if c, err := s.service.Probe(t.Context(), c); err != nil || c.Trouble != "" || c.Reason != "" {
			t.Errorf("%s, later: %s %q %v", name, c.Reason, c.Trouble, err)
		}
	}
}

func TestDisconnectWhatIsGone(t *testing.T) {
	s, _ := linked(t, Expiring, -time.Minute)
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(401)
		io.WriteString(w, `{"error":"invalid_grant"}`)
	}
	c, err := s.service.Disconnect(t.Context(), "main", Removal{Tell: s.told.add})
	if err != nil || c.State != Inactive || c.Reason != Disconnected || !strings.Contains(s.told.String(), "removed there before") {
		t.Errorf("%v: %s %s, told %s", err, c.State, c.Reason, s.told)
	}
}

func TestDisconnectRefreshesFirst(t *testing.T) {
	s, _ := linked(t, Expiring, -time.Minute)
	s.platform.refuses = func(token Secret) bool { return token.Reveal() == "old" }
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, pair(1)) }
	c, err := s.service.Disconnect(t.Context(), "main", Removal{})
	if err != nil || c.Reason != Disconnected || len(s.platform.uninstalled) != 1 {
		t.Errorf("%v: %s, removed from %v", err, c.Reason, s.platform.uninstalled)
	}
}

// A shop that cannot be asked keeps its credentials, and is shown as it is.
func TestDisconnectOutOfReach(t *testing.T) {
	s, _ := linked(t, Permanent, 0)
	s.platform.refusal = &Fault{Code: ShopUnavailable, Reason: Refused, Message: "not from here"}
	_, err := s.service.Disconnect(t.Context(), "main", Removal{})
	var fault *Fault
	if !errors.As(err, &fault) || fault.Code != ShopUnavailable || !strings.Contains(fault.Next.String(), "--local") {
		t.Errorf("%v", err)
	}
	if c := s.registry.records["main"]; c.State != Live || c.Reason != Refused || c.Trouble == "" || s.registry.secrets["main"].AccessToken.IsZero() {
		t.Errorf("%+v", c)
	}
	if c, err := s.service.Disconnect(t.Context(), "main", Removal{Local: true}); err != nil || c.Reason != Disconnected {
		t.Errorf("%v: %s", err, c.Reason)
	}
}

// An attempt that fails after the exchange has cost the install before its
// refresh token, and hands on its own.
//
// hazard O29
func TestFailedAttemptHandsItsTokensOn(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*setup)
		token  string // of the install afterwards
	}{
		"out of reach":     {func(s *setup) { s.platform.refusal = &Fault{Code: Network, Message: "no route"} }, "CANARY-access"},
		"known as another": {func(s *setup) { s.platform.account.Domain = "vanity.shop" }, "CANARY-access"},
		"another shop":     {func(s *setup) { s.platform.account.ID = "gid://shop/2" }, "old"},
		"another app": {func(s *setup) {
			s.service.App.ClientID = "other"
			s.platform.refusal = &Fault{Code: Network, Message: "no route"}
		}, "old"},
	} {
		s, before := linked(t, Expiring, time.Hour)
		test.change(s)
		sent, done := s.start(t.Context())
		s.get(s.callback(signed(sent.Get("state"))), nil)
		if err := (<-done).err; err == nil {
			t.Errorf("%s: connected", name)
		}
		after := s.registry.records["main"]
		if after.State != Live || after.Generation != before.Generation || s.registry.secrets["main"].AccessToken.Reveal() != test.token {
			t.Errorf("%s: %s, token %s", name, after.State, s.registry.secrets["main"].AccessToken.Reveal())
		}
	}
}
