package link

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// A token that was minted a moment ago and is refused as well ends the install;
// one that was refreshed may come too early for some server of the shop.
func TestRefusedAfterRenewal(t *testing.T) {
	for kind, want := range map[connector.TokenKind]connector.State{connector.FromSecrets: connector.Inactive, connector.Expiring: connector.Live} {
		s, c := linked(t, kind, time.Hour)
		s.platform.Refuses = func(connector.Secret) bool { return true }
		asked := 0
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
			asked++
			io.WriteString(w, fakeshop.Pair(asked))
		}
		c, err := s.service.Probe(t.Context(), c)
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Code != connector.TokenWasRefused || c.State != want || asked > 2 {
			t.Errorf("%s: %v, %s after %d renewals", kind, err, c.State, asked)
		}
		if want == connector.Live && (c.Trouble == "" || s.registry.Sealed["main"].RefreshToken.Reveal() != "refresh-2") {
			t.Errorf("%s: trouble %q", kind, c.Trouble)
		}
	}
}

// A contact that failed stays on record until the next good one.
func TestTroubleIsRemembered(t *testing.T) {
	for name, test := range map[string]struct {
		refusal *connector.Fault
		reason  connector.Reason
		trouble bool
	}{
		"network":     {&connector.Fault{Code: connector.Network, Message: "no route"}, "", true},
		"outage":      {&connector.Fault{Code: connector.ProviderFault, Message: "status 503"}, "", true},
		"frozen":      {&connector.Fault{Code: connector.ShopUnavailable, Message: "frozen"}, connector.ShopIsUnavailable, true},
		"forbidden":   {&connector.Fault{Code: connector.ShopUnavailable, Reason: connector.Refused, Message: "not from here"}, connector.Refused, true},
		"our key":     {&connector.Fault{Code: connector.KeyUnusable, Message: "no key"}, "", false},
		"our reading": {&connector.Fault{Code: connector.IncompleteRead, Message: "counts do not agree"}, "", false},
		"usage":       {&connector.Fault{Code: connector.Usage, Message: "no"}, "", false},
	} {
		s, c := linked(t, connector.Permanent, 0)
		s.platform.Refusal = test.refusal
		var fault *connector.Fault
		if _, err := s.service.Probe(t.Context(), c); !errors.As(err, &fault) || fault.Code != test.refusal.Code {
			t.Errorf("%s: %v", name, err)
		}
		kept := s.registry.Records["main"]
		if kept.State != connector.Live || kept.Reason != test.reason || (kept.Trouble == test.refusal.Message) != test.trouble {
			t.Errorf("%s: %s %s %q", name, kept.State, kept.Reason, kept.Trouble)
		}
		s.platform.Refusal = nil
		if c, err := s.service.Probe(t.Context(), c); err != nil || c.Trouble != "" || c.Reason != "" {
			t.Errorf("%s, later: %s %q %v", name, c.Reason, c.Trouble, err)
		}
	}
}

// What a session from before saw is no matter of the install that came after it.
func TestAnOldSessionSaysNothingAboutANewInstall(t *testing.T) {
	s, old := linked(t, connector.Permanent, 0)
	fresh := old
	fresh.Generation++
	s.registry.Records["main"] = fresh
	for _, fault := range []*connector.Fault{
		{Code: connector.Network, Message: "no route"}, {Code: connector.ShopUnavailable, Message: "frozen"}, {Code: connector.TokenWasRefused, Message: "not accepted"},
	} {
		c, err := s.service.Missed(t.Context(), old, fault)
		if kept := s.registry.Records["main"]; err == nil || kept.Trouble != "" || kept.Reason != "" || c.Generation != fresh.Generation {
			t.Errorf("%s: %v, on record %q %q", fault.Code, err, kept.Trouble, kept.Reason)
		}
		if _, err := s.service.Missed(t.Context(), fresh, fault); err == nil || s.registry.Records["main"].Trouble != fault.Message {
			t.Errorf("%s of its own is not on record", fault.Code)
		}
		s.registry.Records["main"] = fresh
	}
}

// A good contact ends the attempt that failed before it. The currency stays that of the
// connect, so that imports notice another one.
func TestWhatAGoodContactSays(t *testing.T) {
	s, c := linked(t, connector.Permanent, 0)
	c.Currency, c.Trouble, c.Reason, c.LastAttempt = "EUR", "it was frozen", connector.ShopIsUnavailable, &connector.Attempt{Reason: connector.TimedOut}
	now, err := s.service.Met(t.Context(), c, connector.Account{ID: c.AccountID, Domain: c.Domain, Currency: "USD", Scopes: c.Scopes})
	if err != nil || now.Currency != "EUR" || now.Trouble != "" || now.Reason != "" || now.AttemptFailed() {
		t.Errorf("%v: %+v", err, now)
	}
	if _, err := s.service.Met(t.Context(), c, connector.Account{ID: "gid://shop/9"}); err == nil {
		t.Error("another shop was met")
	}
}
