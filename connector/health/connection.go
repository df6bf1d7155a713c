package health

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// neverConnected is a store that nobody ever connected, or a name that was mistyped.
func neverConnected(f Facts) *Trouble {
	trouble := f.unconnected(connector.NeverConnected, "connect the store")
	if trouble != nil && f.Meant != "" {
		trouble.Look = do("did you mean "+f.Meant+"?", connector.Typed("status").For(f.Meant))
		trouble.Cure.Text = "connect a new store of that name"
	}
	return trouble
}

func disconnected(f Facts) *Trouble {
	return f.unconnected(connector.Disconnected, "if the store is to have a shop again:")
}

func tokenRejected(f Facts) *Trouble {
	return f.unconnected(connector.TokenRejected, "connect again, and let the merchant approve the app:")
}

// unconnectedOtherwise is what the attempt before it explains, as a rule.
func unconnectedOtherwise(f Facts) *Trouble {
	return f.unconnected(f.Connector.Reason, "connect again")
}

func (f Facts) unconnected(reason connector.Reason, how string) *Trouble {
	c := f.Connector
	if f.live() || c.Reason != reason {
		return nil
	}
	detail := fmt.Sprintf("%s, %s", c.State, cmp.Or(c.Why(), "not connected"))
	if c.Store == "" {
		detail = "nothing is connected yet"
	}
	return Trouble{Detail: detail, Cure: do(how, f.connecting())}.colours(ConnectionLamp, Red)
}

func connectionWell(f Facts) (Result, string) { return Passed, f.Connector.Domain }

func keyUnusable(f Facts) *Trouble {
	if f.Key == nil || f.Key.Fault == nil {
		return nil
	}
	if f.Key.Fault.Code == connector.StateUnusable { // the row was altered, so the shop that it names is nobody to connect to
		return Trouble{
			Detail: f.Key.Fault.Message,
			Cure:   do("forget the connection, then connect the shop that was linked before; what was imported stays:", f.of("disconnect", f.Connector.Provider, "--local"), f.linkedBefore()),
		}.colours(ConnectionLamp, Red)
	}
	return Trouble{
		Detail: f.Key.Fault.Message,
		Cure:   do("put the right key back; if it is lost, connect anew, which keeps what was imported:", f.of("disconnect", f.Connector.Provider, "--local"), f.connecting()),
	}.fails()
}

func keyWell(f Facts) (Result, string) {
	if f.Key == nil {
		return Unknown, "no secret is stored"
	}
	return Passed, "it opens the stored secrets"
}

// The contact with the shop: what came of asking it, else what came of it last.

// contactFailed is the trouble of a shop that was just asked and failed in this
// way.
func (f Facts) contactFailed(code connector.Code, cure Step) *Trouble {
	if f.Asked == nil || f.Asked.Fault == nil || code != "" && f.Asked.Fault.Code != code {
		return nil
	}
	return Trouble{Detail: f.Asked.Fault.Message, Since: f.lastContact(), Cure: cure}.colours(ConnectionLamp, Red)
}

// lookAgain asks the shop, after what the words say was done.
func (f Facts) lookAgain(words string) Step { return do(words, f.of("status", "--probe")) }

func (f Facts) lastContact() Since { return Since{"last good contact", f.Connector.CheckedAt} }

func shopUnavailable(f Facts) *Trouble {
	if f.Asked == nil || f.Asked.Fault == nil {
		return nil
	}
	if to := connector.MovedTo(f.Asked.Fault); to != "" {
		return f.contactFailed(connector.ShopUnavailable, f.newName(to))
	}
	return f.contactFailed(connector.ShopUnavailable, f.lookAgain(cmp.Or(f.Asked.Fault.Next.InWords(), "ask the merchant about it")+"; then:"))
}

// newName connects a renamed shop.
func (f Facts) newName(domain string) Step {
	c := f.named()
	c.Domain = domain
	return do("connect it under its new name, which keeps what was imported:", c.Connecting())
}

// tokenKindRefused is a shop that wants another kind of token, which connecting
// again brings.
func tokenKindRefused(f Facts) *Trouble {
	if f.Asked == nil || f.Asked.Fault == nil || !errors.Is(f.Asked.Fault, connector.ErrTokenKind) {
		return nil
	}
	c := f.named()
	c.Token.Kind = connector.Expiring
	return f.contactFailed(connector.ShopUnavailable, do("connect again for a token of the kind that it takes", c.Connecting()))
}

func tokenRefused(f Facts) *Trouble {
	return f.contactFailed(connector.TokenWasRefused, do("connect again, and let the merchant approve the app:", f.connecting()))
}

func scopeRefused(f Facts) *Trouble {
	return f.contactFailed(connector.ScopeMissing, do(f.Connector.HowToGrant(f.Connector.MissingScopes()), f.connecting()))
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
	if f.Asked == nil || f.Asked.Fault == nil {
		return nil
	}
	return f.contactFailed("", f.lookAgain(cmp.Or(f.Asked.Fault.Next.InWords(), "try again")+":"))
}

// contactWasBad is what is remembered of the last contact. Once the shop was asked
// and answers, the card alone is behind.
func contactWasBad(f Facts) *Trouble {
	c := f.Connector
	if f.Asked != nil {
		c = f.Asked.Before
	}
	shop := c.Reason == connector.ShopIsUnavailable || c.Reason == connector.Refused
	if !f.live() || c.Trouble == "" && !shop {
		return contactAtNoTime(f)
	}
	trouble := Trouble{Detail: cmp.Or(c.Trouble, c.Reason.Text()), Since: Since{"last good contact", c.CheckedAt}, Cure: f.lookAgain("ask the shop again")}
	if f.Asked != nil {
		trouble.Detail = "it answers now, but not when it was asked before: " + trouble.Detail
		trouble.Cure.Text = "have status see it too"
	} else {
		trouble.Look = do("see what stands in the way", f.of("doctor"))
		if c.MovedTo != "" {
			trouble.Cure = f.newName(c.MovedTo)
		}
	}
	return trouble.colours(ConnectionLamp, Red)
}

// contactAtNoTime is a shop of which is not stored when it answered last, or at a time that
// did not come yet. Asking it mends that.
func contactAtNoTime(f Facts) *Trouble {
	at := f.Connector.CheckedAt
	if !f.live() || f.Asked != nil || !at.IsZero() && at.Sub(f.Now) <= importer.ClockSkew {
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
	case !f.live():
		return Unknown, "there is no live connector"
	case f.Asked == nil:
		return Unknown, "nobody asked the shop just now"
	}
	return Passed, f.Asked.Shop.Name + " answers"
}

func scopeMissing(f Facts) *Trouble {
	c := f.Connector
	missing := c.MissingScopes()
	if !f.live() || len(missing) == 0 {
		return nil
	}
	trouble := Trouble{Detail: "the shop has not granted " + strings.Join(missing, ", "), Cure: do(c.HowToGrant(missing), f.connecting())}
	if able := c.Capabilities(); len(able) > 0 {
		trouble.Or = do("to go on without what needs them, for good:", c.ConnectingFor(able))
	}
	return trouble.colours(ConnectionLamp, Yellow)
}

// scopeWasMissing is a scope that the shop grants by now.
func scopeWasMissing(f Facts) *Trouble {
	if f.Asked == nil || !f.live() || len(f.Asked.Before.MissingScopes()) == 0 {
		return nil
	}
	return Trouble{
		Detail: "the shop grants all of them now, but did not when it was asked before",
		Cure:   f.lookAgain("have status see it too"),
	}.colours(ConnectionLamp, Yellow)
}

func scopesWell(f Facts) (Result, string) {
	if !f.live() {
		return Unknown, "there is no live connector"
	}
	return Passed, strings.Join(f.Connector.Scopes, ", ")
}
