package connector

import (
	"errors"
	"strings"
	"testing"
)

// Another domain than the linked one is asked for. Only where the linked shop sends on
// to another shop, is gone or goes by another name does the attempt go on, and then the
// account id proves which shop it is. All else is refused, with both names, and leaves
// no trace.
func TestAnotherDomain(t *testing.T) {
	linked := Connector{
		Store: "main", Provider: "fake", Platform: fake(), State: Live, Attached: true, Generation: 1, Domain: "tea.shop", AccountID: "gid://shop/1", ClientID: "client",
		Auth: AdminToken, Token: TokenInfo{Kind: Permanent}, Purpose: []Resource{Products},
	}
	same, other := Account{ID: "gid://shop/1", Domain: "fine.shop"}, Account{ID: "gid://shop/9", Domain: "fine.shop"}
	fails := func(code Code, cause error) error {
		return &Fault{Code: code, Message: "why", Next: Advice("do"), Err: cause}
	}
	for name, c := range map[string]struct {
		said    Account // by the linked shop
		fault   error
		answers Account // at the new domain
		dead    bool    // the token of the linked shop was rejected before
		code    Code    // "" when it is connected
		reason  Reason
		on      bool // the new domain was asked
	}{
		"sent on":                  {fault: fails(ShopUnavailable, &Moved{"fine.shop"}), answers: same, on: true},
		"sent on, twice":           {fault: fails(ShopUnavailable, &Moved{"good.shop"}), answers: same, on: true},
		"gone":                     {fault: fails(ShopUnavailable, ErrShopGone), answers: same, on: true},
		"another name":             {said: same, answers: same, on: true},
		"sent on without a token":  {fault: fails(ShopUnavailable, &Moved{"fine.shop"}), answers: same, dead: true, on: true},
		"sent on to another shop":  {fault: fails(ShopUnavailable, &Moved{"fine.shop"}), answers: other, on: true, code: NotConnected, reason: AccountChanged},
		"gone, and another shop":   {fault: fails(ShopUnavailable, ErrShopGone), answers: other, on: true, code: NotConnected, reason: AccountChanged},
		"still there":              {said: Account{ID: "gid://shop/1", Domain: "tea.shop"}, code: NotConnected, reason: AccountChanged},
		"frozen":                   {fault: fails(ShopUnavailable, nil), code: NotConnected, reason: AccountChanged},
		"there, without a token":   {fault: fails(TokenWasRefused, nil), dead: true, code: NotConnected, reason: AccountChanged},
		"sent on to somebody else": {fault: fails(ProviderFault, &Moved{}), code: NotConnected, reason: AccountChanged},
		"out of reach":             {fault: fails(Network, nil), code: Network, reason: AccountChanged},
		"throttled":                {fault: fails(Throttled, nil), code: Throttled, reason: AccountChanged},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetup(t)
			record := linked
			if c.dead {
				record.State, record.Reason = Inactive, TokenRejected
			}
			s.registry.records["main"], s.registry.secrets["main"] = record, Secrets{AccessToken: NewSecret("old")}
			s.request.Shop, s.request.Auth, s.request.Token = "fine.shop", AdminToken, NewSecret("new")
			on := false
			s.platform.identify = func(domain string, token Secret) (Account, error) {
				if domain == "tea.shop" {
					if on || token == s.request.Token || c.dead != token.IsZero() {
						t.Errorf("the linked shop was asked too late or with another token")
					}
					return c.said, c.fault
				}
				on = true
				return c.answers, nil
			}
			got, err := s.service.Connect(t.Context(), s.request)
			if on != c.on {
				t.Errorf("the new domain was asked: %t", on)
			}
			now := s.registry.records["main"]
			if c.code == "" {
				if err != nil || got.Domain != "fine.shop" || now.Domain != "fine.shop" || now.AccountID != "gid://shop/1" || len(got.SetUpFor()) != 1 {
					t.Fatalf("%v: %+v", err, now)
				}
				return
			}
			var fault *Fault
			if !errors.As(err, &fault) || fault.Code != c.code || fault.Reason != c.reason || len(fault.Next) == 0 {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(fault.Message, "tea.shop") || !strings.Contains(fault.Message, "fine.shop") || strings.Contains(fault.Next.String(), "disconnect") {
				t.Errorf("%q, %q", fault.Message, fault.Next.String())
			}
			if now.State != record.State || now.Domain != "tea.shop" || (now.LastAttempt != nil) != c.on {
				t.Errorf("on record: %+v", now)
			}
		})
	}
}
