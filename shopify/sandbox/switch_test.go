package sandbox_test

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// Switches are typed as they are listed, and what is mistyped is said.
func TestSwitchesAreTypedAsTheyAreListed(t *testing.T) {
	shop := sandboxtest.DefaultShop()
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{shop}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Install(shop.Domain())
	if err := server.Flip(shop.Domain(), "take-scope=read_inventory"); err != nil {
		t.Fatal(err)
	}
	shop.Account.ChangeGrant(func(a *oauth.Grant) {
		if strings.Join(a.Scopes, ",") != "read_products,read_locations" {
			t.Errorf("granted are %v", a.Scopes)
		}
	})
	for typed, want := range map[string]string{
		"take-scope": "take-scope=SCOPE", "bogus": "no switch", "bogus=1": "no switch",
	} {
		if err := server.Flip(shop.Domain(), typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", typed, err)
		}
	}
	seen := map[string]bool{}
	for _, w := range sandbox.Switches() {
		if seen[w.Name] || w.What == "" || strings.ContainsAny(w.Name, "= ") {
			t.Errorf("the switch %q", w.Name)
		}
		seen[w.Name] = true
	}
}
