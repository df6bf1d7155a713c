package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

func TestTokenIsRenewedAheadOfTime(t *testing.T) {
	t.Parallel()
	for life, want := range map[time.Duration]string{
		0: "old", time.Hour: "old", 6 * time.Minute: "old", 4 * time.Minute: "new-1", time.Second: "new-1", -time.Hour: "new-1",
	} {
		s, c := linked(t, connector.Expiring, life)
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fakeshop.Pair(1)) }
		token, err := s.keeper.Credentials(c).Token(t.Context())
		if err != nil || token.Reveal() != want {
			t.Errorf("%s left: %q %v, want %q", life, token.Reveal(), err, want)
		}
		if want == "old" {
			continue
		}
		form := s.platform.Exchanges[0]
		if form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != "old-refresh" || form.Get("client_secret") != "CANARY-secret" {
			t.Errorf("asked with %v", form)
		}
		kept := s.registry.Records["main"].Token
		if s.registry.Sealed["main"].RefreshToken.Reveal() != "refresh-1" || kept.ExpiresAt.Before(time.Now().Add(50*time.Minute)) {
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
	s, c := linked(t, connector.Expiring, -time.Minute)
	renewed := 0
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { renewed++; io.WriteString(w, fakeshop.Pair(renewed)) }
	var group sync.WaitGroup
	for range 8 {
		credentials := s.keeper.Credentials(c) // as each process has its own
		group.Go(func() {
			token, err := credentials.Token(context.Background())
			if err == nil && token.Reveal() == "old" {
				t.Error("the expired token was given")
			}
			if token, err = credentials.Refused(context.Background(), connector.NewSecret("old")); err != nil || token.Reveal() != "new-1" {
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
	s, c := linked(t, connector.Expiring, -time.Minute)
	asked := 0
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		switch asked++; asked {
		case 1:
			panic(http.ErrAbortHandler)
		case 2:
			w.WriteHeader(520)
		default:
			io.WriteString(w, fakeshop.Pair(asked))
		}
	}
	if token, err := s.keeper.Credentials(c).Token(t.Context()); err != nil || token.Reveal() != "new-3" {
		t.Errorf("%q %v", token.Reveal(), err)
	}
	for _, form := range s.platform.Exchanges {
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
		kind   connector.TokenKind
		life   time.Duration
		answer http.HandlerFunc
		code   connector.Code
		state  connector.State
	}{
		"for good":              {connector.Expiring, -time.Minute, answer(400, "invalid_grant"), connector.TokenWasRefused, connector.Inactive},
		"for good, still valid": {connector.Expiring, time.Minute, answer(400, "invalid_grant"), "", connector.Live},
		"wrong secret":          {connector.Expiring, -time.Minute, answer(401, "invalid_client"), connector.NotConnected, connector.Live},
		"out of order":          {connector.Expiring, -time.Minute, answer(503, ""), connector.ProviderFault, connector.Live},
		"app removed":           {connector.FromSecrets, -time.Minute, answer(400, "app_not_installed"), connector.TokenWasRefused, connector.Inactive},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := linked(t, test.kind, test.life)
			s.platform.TokenAnswer = test.answer
			_, err := s.keeper.Credentials(c).Token(t.Context())
			var fault *connector.Fault
			if test.code != "" && (!errors.As(err, &fault) || fault.Code != test.code || len(fault.Next) == 0 && test.code == connector.TokenWasRefused) || test.code == "" && err != nil {
				t.Errorf("%v", err)
			}
			if got := s.registry.Records["main"].State; got != test.state {
				t.Errorf("%s, want %s", got, test.state)
			}
			if kept := !s.registry.Sealed["main"].AccessToken.IsZero(); kept != (test.state == connector.Live) {
				t.Errorf("token kept: %t", kept)
			}
		})
	}
}

// While a token is still good, a renewal that fails is not tried with every request.
func TestFailedRenewalAheadOfTimeWaits(t *testing.T) {
	s, c := linked(t, connector.Expiring, time.Minute)
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"invalid_grant"}`)
	}
	credentials := s.keeper.Credentials(c)
	for range 5 {
		if token, err := credentials.Token(t.Context()); err != nil || token.Reveal() != "old" {
			t.Errorf("%q %v", token.Reveal(), err)
		}
	}
	if n := s.platform.Exchanged(); n != 1 {
		t.Errorf("%d requests", n)
	}
	var fault *connector.Fault
	if _, err := credentials.Refused(t.Context(), connector.NewSecret("old")); !errors.As(err, &fault) || fault.Code != connector.TokenWasRefused || !strings.Contains(fault.Next.String(), "client-credentials") {
		t.Errorf("%v", err)
	}
}

// A token without renewal is over when the shop refuses it twice.
func TestPermanentToken(t *testing.T) {
	s, c := linked(t, connector.Permanent, 0)
	if token, err := s.keeper.Credentials(c).Refused(t.Context(), connector.NewSecret("old")); err != nil || token.Reveal() != "old" {
		t.Errorf("it works the second time: %v", err)
	}
	s.platform.Refusal = &connector.Fault{Code: connector.ShopUnavailable, Message: "frozen"}
	var fault *connector.Fault
	if _, err := s.keeper.Credentials(c).Refused(t.Context(), connector.NewSecret("old")); !errors.As(err, &fault) || fault.Code != connector.ShopUnavailable || s.registry.Records["main"].State != connector.Live {
		t.Errorf("frozen: %v", err)
	}
	s.platform.Refusal = &connector.Fault{Code: connector.TokenWasRefused, Message: "no"}
	if _, err := s.keeper.Credentials(c).Refused(t.Context(), connector.NewSecret("old")); !errors.As(err, &fault) || fault.Code != connector.TokenWasRefused || s.registry.Records["main"].State != connector.Inactive {
		t.Errorf("refused: %v", err)
	}
}

func TestMintedToken(t *testing.T) {
	s, c := linked(t, connector.FromSecrets, -time.Minute)
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"access_token":"minted","scope":"read_products","expires_in":86399}`)
	}
	token, err := s.keeper.Credentials(c).Token(t.Context())
	if err != nil || token.Reveal() != "minted" || s.platform.Exchanges[0].Get("grant_type") != "client_credentials" {
		t.Errorf("%q %v", token.Reveal(), err)
	}
}

// An app that may no longer mint tokens in the shop is told of the way that is left.
func TestMintingIsNoLongerPermitted(t *testing.T) {
	s, c := linked(t, connector.FromSecrets, -time.Minute)
	c.Auth = connector.ClientCredentials
	s.registry.Records["main"] = c
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"shop_not_permitted"}`)
	}
	_, err := s.keeper.Credentials(c).Token(t.Context())
	var fault *connector.Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.Message, "different organisations") || !strings.HasSuffix(fault.Next.String(), "--auth browser") {
		t.Errorf("%v: %+v", err, fault)
	}
}

func TestSecretOfTheEnvironmentHelps(t *testing.T) {
	s, c := linked(t, connector.Expiring, -time.Minute)
	s.keeper.App.Secret = connector.NewSecret("rotated")
	s.platform.TokenAnswer = func(w http.ResponseWriter, r *http.Request) {
		if r.PostForm.Get("client_secret") != "rotated" {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"invalid_client"}`)
			return
		}
		io.WriteString(w, fakeshop.Pair(1))
	}
	if _, err := s.keeper.Credentials(c).Token(t.Context()); err != nil || s.registry.Sealed["main"].ClientSecret.Reveal() != "rotated" {
		t.Errorf("%v", err)
	}
}

// hazard S16
func TestCredentialsOfAnotherInstall(t *testing.T) {
	s, c := linked(t, connector.Expiring, -time.Minute)
	anew := c
	anew.Generation++
	s.registry.Records["main"] = anew
	if _, err := s.keeper.Credentials(c).Token(t.Context()); !errors.Is(err, connector.ErrInstallChanged) {
		t.Errorf("%v", err)
	}
	s.keeper.App.ClientID = "another"
	var fault *connector.Fault
	if _, err := s.keeper.Credentials(anew).Token(t.Context()); !errors.As(err, &fault) || fault.Code != connector.NotConnected || !strings.Contains(fault.Message, "ESHOPCTL_FAKE_CLIENT_ID") {
		t.Errorf("%v", err)
	}
}

// A process that comes late does not renew again what another one renewed, even
// if that token is to be renewed soon as well.
func TestShortLivedTokenIsRenewedOnce(t *testing.T) {
	s, c := linked(t, connector.Expiring, -time.Minute)
	renewed := 0
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		renewed++
		io.WriteString(w, `{"access_token":"new","refresh_token":"r","expires_in":40,"refresh_token_expires_in":7200}`)
	}
	early, late := s.keeper.Credentials(c), s.keeper.Credentials(c)
	if err := late.(*storedCredentials).rereadSecrets(t.Context()); err != nil { // it holds the old token already
		t.Fatal(err)
	}
	for _, credentials := range []connector.Credentials{early, late, early, s.keeper.Credentials(c)} {
		if token, err := credentials.Token(t.Context()); err != nil || token.Reveal() != "new" {
			t.Errorf("%q %v", token.Reveal(), err)
		}
	}
	if renewed != 1 {
		t.Errorf("%d renewals", renewed)
	}
}
