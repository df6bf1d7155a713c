package health

import (
	"fmt"
	"strings"
)

// otherCurrency is a shop whose prices mean something else than at connect, which
// stops every import.
func otherCurrency(f Facts) *Trouble {
	if !f.shopAnswered() || f.Connector.Currency == "" || f.Answer.Shop.Currency == f.Connector.Currency {
		return nil
	}
	return Trouble{
		Detail: fmt.Sprintf("its currency changed from %s to %s", f.Connector.Currency, f.Answer.Shop.Currency),
		Cure:   do("if that was meant, connect again:", f.connectCommand()),
	}.fails()
}

func shopWell(f Facts) (Result, string) {
	if !f.shopAnswered() {
		return Unknown, "no shop was asked"
	}
	return Passed, f.Answer.Shop.AccountID
}

// formerShop is a catalogue that still holds what came from another shop.
func formerShop(f Facts) *Trouble {
	if f.Contents == nil || len(f.Contents.Former) == 0 {
		return nil
	}
	return Trouble{
		Detail: "it holds what was imported from " + strings.Join(f.Contents.Former, ", "),
		Look:   do("see what would become of it", f.command("import preview")),
		Cure:   do("if "+f.Connector.Domain+" is the right shop:", f.command("import run", "--account-change")),
	}.fails()
}

func originWell(f Facts) (Result, string) {
	if f.Contents == nil || f.Contents.Products == 0 {
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
