package health

import (
	"fmt"
	"strings"
)

// otherShop is another shop at the address of the one that was connected.
func otherShop(f Facts) *Trouble {
	if !answered(f) || f.Asked.Shop.AccountID == f.Connector.AccountID {
		return nil
	}
	c, shop := f.Connector, f.Asked.Shop
	return Trouble{
		Detail: fmt.Sprintf("%s (%s) answers in the place of %s (%s)", shop.Domain, shop.AccountID, c.Domain, c.AccountID),
		Cure:   do("if the store is to have that shop:", f.of("disconnect", f.Connector.Provider), f.connecting()),
	}.colours(ConnectionLamp, Red)
}

// otherCurrency is a shop whose prices mean something else than at connect, which
// stops every import.
func otherCurrency(f Facts) *Trouble {
	if !answered(f) || f.Connector.Currency == "" || f.Asked.Shop.Currency == f.Connector.Currency {
		return nil
	}
	return Trouble{
		Detail: fmt.Sprintf("its currency changed from %s to %s", f.Connector.Currency, f.Asked.Shop.Currency),
		Cure:   do("if that was meant, connect again:", f.connecting()),
	}.fails()
}

func answered(f Facts) bool { return f.Asked != nil && f.Asked.Fault == nil }

func shopWell(f Facts) (Result, string) {
	if !answered(f) {
		return Unknown, "no shop was asked"
	}
	return Passed, f.Asked.Shop.AccountID
}

// formerShop is a catalogue that still holds what came from another shop.
func formerShop(f Facts) *Trouble {
	if f.Held == nil || len(f.Held.Former) == 0 {
		return nil
	}
	return Trouble{
		Detail: "it holds what was imported from " + strings.Join(f.Held.Former, ", "),
		Look:   do("see what would become of it", f.of("import preview")),
		Cure:   do("if "+f.Connector.Domain+" is the right shop:", f.of("import run", "--account-change")),
	}.fails()
}

func originWell(f Facts) (Result, string) {
	if f.Held == nil || f.Held.Products == 0 {
		return Unknown, "nothing was imported yet"
	}
	return Passed, f.Connector.Domain
}

// linkedWell names the shop: only people can tell whether it is the one that they
// mean.
func linkedWell(f Facts) (Result, string) {
	c := f.Connector
	if !c.Attached {
		return Unknown, "no shop is linked"
	}
	return Passed, fmt.Sprintf("%s (%s); disconnect before any import if another one is meant", c.Domain, c.Account)
}
