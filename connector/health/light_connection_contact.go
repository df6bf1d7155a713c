package health

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// The contact with the shop: what it answered just now, else what is on record of the last
// time.

// contactFailed is the trouble of a shop that was just asked and failed in this
// way.
func (f Facts) contactFailed(code connector.Code, cure Step) *Trouble {
	if f.Answer == nil || f.Answer.Fault == nil || code != "" && f.Answer.Fault.Code != code {
		return nil
	}
	return Trouble{Detail: f.Answer.Fault.Message, Since: f.lastContact(), Cure: cure}.colours(ConnectionLamp, Red)
}

// lookAgain returns the step that asks the shop again, after what the words say.
func (f Facts) lookAgain(words string) Step { return do(words, f.command("status", "--probe")) }

func (f Facts) lastContact() Since { return Since{"last good contact", f.Connector.CheckedAt} }

func shopUnavailable(f Facts) *Trouble {
	if f.Answer == nil || f.Answer.Fault == nil {
		return nil
	}
	if to := connector.MovedTo(f.Answer.Fault); to != "" {
		return f.contactFailed(connector.ShopUnavailable, f.newName(to))
	}
	return f.contactFailed(connector.ShopUnavailable,
		f.lookAgain(cmp.Or(f.Answer.Fault.Next.InWords(), "ask the merchant about it")+"; then:"))
}

// newName returns the step that connects a renamed shop.
func (f Facts) newName(domain string) Step {
	c := f.namedConnector()
	c.Domain = domain
	return do("connect it under its new name, which keeps what was imported:", c.ConnectCommand())
}

// tokenKindRefused is a shop that wants another kind of token, which connecting
// again brings.
func tokenKindRefused(f Facts) *Trouble {
	if f.Answer == nil || f.Answer.Fault == nil || !errors.Is(f.Answer.Fault, connector.ErrTokenKind) {
		return nil
	}
	c := f.namedConnector()
	c.Token.Kind = connector.Expiring
	return f.contactFailed(connector.ShopUnavailable, do("connect again for a token of the kind that it takes", c.ConnectCommand()))
}

func tokenRefused(f Facts) *Trouble {
	return f.contactFailed(connector.TokenWasRefused, do("connect again, and let the merchant approve the app:", f.connectCommand()))
}

func scopeRefused(f Facts) *Trouble {
	return f.contactFailed(connector.ScopeMissing, do(f.Connector.HowToGrant(f.Connector.MissingScopes()), f.connectCommand()))
}

func unreachable(f Facts) *Trouble {
	return f.contactFailed(connector.Network, f.lookAgain("mend the way to the shop (network, HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE); then:"))
}

func throttled(f Facts) *Trouble {
	return f.contactFailed(connector.Throttled, f.lookAgain("it passes by itself; another program may use the same app. In some minutes:"))
}

func providerFault(f Facts) *Trouble {
	told := ""
	if page := f.Connector.Platform.StatusPage; page != "" {
		told = "; " + page + " tells about outages"
	}
	return f.contactFailed(connector.ProviderFault, f.lookAgain("it passes by itself as a rule"+told+". In some minutes:"))
}

// contactOtherwise is a failure of a kind that has no rule of its own.
func contactOtherwise(f Facts) *Trouble {
	if f.Answer == nil || f.Answer.Fault == nil {
		return nil
	}
	return f.contactFailed("", f.lookAgain(cmp.Or(f.Answer.Fault.Next.InWords(), "try again")+":"))
}

// contactWasBad is a failed contact on record. If the shop answers now, only the card
// is out of date.
func contactWasBad(f Facts) *Trouble {
	c := f.Connector
	if f.Answer != nil {
		c = f.Answer.Before
	}
	shop := c.Reason == connector.ShopIsUnavailable || c.Reason == connector.Refused
	if !f.isLive() || c.Trouble == "" && !shop {
		return contactAtNoTime(f)
	}
	trouble := Trouble{Detail: cmp.Or(c.Trouble, c.Reason.Text()), Since: Since{"last good contact", c.CheckedAt},
		Cure: f.lookAgain("ask the shop again")}
	if f.Answer != nil {
		trouble.Detail = "it answers now, but not when it was asked before: " + trouble.Detail
		trouble.Cure.Text = "have status see it too"
	} else {
		trouble.Look = do("see what stands in the way", f.command("doctor"))
		if c.MovedTo != "" {
			trouble.Cure = f.newName(c.MovedTo)
		}
	}
	return trouble.colours(ConnectionLamp, Red)
}

// contactAtNoTime is a shop whose last answer has no stored time, or a time in the
// future. Asking it again mends that.
func contactAtNoTime(f Facts) *Trouble {
	at := f.Connector.CheckedAt
	if !f.isLive() || f.Answer != nil || !at.IsZero() && at.Sub(f.Now) <= importer.ClockSkew {
		return nil
	}
	detail := "it is not known when the shop answered last"
	if !at.IsZero() {
		detail = "the last contact with the shop is in the future; was the clock of this machine wrong?"
	}
	return Trouble{Detail: detail, Cure: f.lookAgain("ask the shop again")}.colours(ConnectionLamp, Yellow)
}

func contactWell(f Facts) (Result, string) {
	switch {
	case !f.isLive():
		return Unknown, "there is no live connector"
	case f.Answer == nil:
		return Unknown, "nobody asked the shop just now"
	}
	return Passed, f.Answer.Shop.Name + " answers"
}

// otherShop is another shop that answers at the domain of the one that was connected.
func otherShop(f Facts) *Trouble {
	if !f.shopAnswered() || f.Answer.Shop.AccountID == f.Connector.AccountID {
		return nil
	}
	c, shop := f.Connector, f.Answer.Shop
	return Trouble{
		Detail: fmt.Sprintf("%s (%s) answers in the place of %s (%s)", shop.Domain, shop.AccountID, c.Domain, c.AccountID),
		Cure:   do("if the store is to have that shop:", f.command("disconnect", f.Connector.Provider), f.connectCommand()),
	}.colours(ConnectionLamp, Red)
}
