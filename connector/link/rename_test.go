package link

import (
	"errors"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// Another domain than the linked one is asked for. Only where the linked shop sends on
// to another shop, is gone or goes by another name does the attempt go on, and then the
// account id proves which shop it is. All else is refused, with both names, and leaves
// no trace.
func TestAnotherDomain(t *testing.T) {
	linked := connector.Connector{
		Store: "main", Provider: "fake", Platform: fakeshop.Platform(), State: connector.Live, Attached: true, Generation: 1, Domain: "tea.shop", AccountID: "gid://shop/1", ClientID: "client",
		Auth: connector.AdminToken, Token: connector.TokenInfo{Kind: connector.Permanent}, Purpose: []connector.Resource{connector.Products},
	}
	same, other := connector.Account{ID: "gid://shop/1", Domain: "fine.shop"}, connector.Account{ID: "gid://shop/9", Domain: "fine.shop"}
	fails := func(code connector.Code, cause error) error {
		return &connector.Fault{Code: code, Message: "why", Next: connector.Advice("do"), Err: cause}
	}
	for name, c := range map[string]struct {
		said    connector.Account // by the linked shop
		fault   error
		answers connector.Account // at the new domain
		dead    bool              // the token of the linked shop was rejected before
		code    connector.Code    // "" when it is connected
		reason  connector.Reason
		on      bool // the new domain was asked
	}{
		"sent on":                  {fault: fails(connector.ShopUnavailable, &connector.Redirect{Domain: "fine.shop"}), answers: same, on: true},
		"sent on, twice":           {fault: fails(connector.ShopUnavailable, &connector.Redirect{Domain: "good.shop"}), answers: same, on: true},
		"gone":                     {fault: fails(connector.ShopUnavailable, connector.ErrShopGone), answers: same, on: true},
		"another name":             {said: same, answers: same, on: true},
		"sent on without a token":  {fault: fails(connector.ShopUnavailable, &connector.Redirect{Domain: "fine.shop"}), answers: same, dead: true, on: true},
		"sent on to another shop":  {fault: fails(connector.ShopUnavailable, &connector.Redirect{Domain: "fine.shop"}), answers: other, on: true, code: connector.NotConnected, reason: connector.AccountChanged},
		"gone, and another shop":   {fault: fails(connector.ShopUnavailable, connector.ErrShopGone), answers: other, on: true, code: connector.NotConnected, reason: connector.AccountChanged},
		"still there":              {said: connector.Account{ID: "gid://shop/1", Domain: "tea.shop"}, code: connector.NotConnected, reason: connector.AccountChanged},
		"frozen":                   {fault: fails(connector.ShopUnavailable, nil), code: connector.NotConnected, reason: connector.AccountChanged},
		"there, without a token":   {fault: fails(connector.TokenWasRefused, nil), dead: true, code: connector.NotConnected, reason: connector.AccountChanged},
		"sent on to somebody else": {fault: fails(connector.ProviderFault, &connector.Redirect{}), code: connector.NotConnected, reason: connector.AccountChanged},
		"out of reach":             {fault: fails(connector.Network, nil), code: connector.Network, reason: connector.AccountChanged},
		"throttled":                {fault: fails(connector.Throttled, nil), code: connector.Throttled, reason: connector.AccountChanged},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetup(t)
			record := linked
			if c.dead {
				record.State, record.Reason = connector.Inactive, connector.TokenRejected
			}
			s.registry.Records["main"], s.registry.Sealed["main"] = record, connector.Secrets{AccessToken: connector.NewSecret("old")}
			s.request.Shop, s.request.Auth, s.request.Token = "fine.shop", connector.AdminToken, connector.NewSecret("new")
			on := false
			s.platform.OnIdentify = func(domain string, token connector.Secret) (connector.Account, error) {
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
			now := s.registry.Records["main"]
			if c.code == "" {
				if err != nil || got.Domain != "fine.shop" || now.Domain != "fine.shop" || now.AccountID != "gid://shop/1" || len(got.SetUpFor()) != 1 {
					t.Fatalf("%v: %+v", err, now)
				}
				return
			}
			var fault *connector.Fault
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
