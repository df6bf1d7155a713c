package connector

import "testing"

// The command that sets a store up names what for, unless that stays as it is.
func TestConnectCommandSaysWhatFor(t *testing.T) {
	const head = "connect fake --store main --shop tea.shop"
	all := Connector{Store: "main", Provider: "fake", Platform: fake(), Domain: "tea.shop", Purpose: Resources()}
	some := all
	some.Purpose = []Resource{Products, Stock}
	for got, want := range map[string]string{
		all.ConnectCommand().Next().String():                      head,
		some.ConnectCommand().Next().String():                     head + " --only products,stock",
		all.ConnectCommandFor([]Resource{Stock}).Next().String():  head + " --only stock",
		some.ConnectCommandFor(Resources()).Next().String():       head + " --only all",
		some.ConnectCommandFor([]Resource{Stock}).Next().String(): head + " --only stock",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Hints of the provider, which knows no stores, name the store and the shop as it is
// called now.
func TestHintsNameTheStoreAndItsShop(t *testing.T) {
	c := Connector{Store: "main", Provider: "fake", Platform: fake(), State: Live, Domain: "tea.shop", Auth: Browser, Token: TokenInfo{Kind: Permanent}}
	for want, fault := range map[string]*Fault{
		"connect fake --store main --shop tea.shop --permanent-token": {Next: Typed("connect", "fake").ForStoreAtHand().Next()},
		"connect fake --store main --shop new.shop --permanent-token": {Next: Typed("connect", "fake").ForStoreAtHand().Next(), Err: &Redirect{"new.shop"}},
		"doctor --store main": {Next: Typed("doctor").ForStoreAtHand().Next()},
	} {
		if got := c.NextAfter(fault).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
