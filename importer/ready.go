package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// CheckConnected returns a fault unless the connector is live.
func CheckConnected(c connector.Connector) error {
	if c.State == connector.Live {
		return nil
	}
	message, besides := fmt.Sprintf("store %q is not connected", c.Store), connector.Next(nil)
	if text := c.Why(); text != "" {
		message += ": " + text
	}
	if c.NeverLive() {
		besides = connector.Typed("disconnect", c.Provider).For(c.Store).After("; it was never linked to a shop, and is forgotten by ")
	}
	return &connector.Fault{Code: connector.NotConnected, Message: message, Besides: besides, Next: c.ConnectCommand().Next()}
}

// ReadyResources returns the resources that a run is to read: those that were asked for, or
// all that the connector is set up for. It sends no request, so it does not know what the
// shop grants.
func ReadyResources(c connector.Connector, asked []connector.Resource) ([]connector.Resource, error) {
	if err := CheckConnected(c); err != nil {
		return nil, err
	}
	set := c.SetUpFor()
	if len(asked) == 0 {
		return set, nil
	}
	for _, resource := range asked {
		if !slices.Contains(set, resource) {
			return nil, notSetUp(c, asked)
		}
	}
	return asked, nil
}

func notSetUp(c connector.Connector, asked []connector.Resource) error {
	set := c.SetUpFor()
	beyond := slices.DeleteFunc(slices.Clone(asked), func(r connector.Resource) bool { return slices.Contains(set, r) })
	return &connector.Fault{Code: connector.ScopeMissing,
		Message: fmt.Sprintf("store %s is not set up for %s, only for %s", c.Store, connector.JoinResources(beyond, ", "),
			connector.JoinResources(set, ", ")),
		Next: c.ConnectCommandFor(append(slices.Clone(set), beyond...)).Next()}
}

// ShortError says that the shop does not let us read all that a run is to read. Lacks has
// the resources and reasons.
type ShortError struct {
	*connector.Fault
	Lacks []NotRead
}

// Unwrap returns the fault.
func (e *ShortError) Unwrap() error { return e.Fault }

// shortError returns the error for resources that cannot be read. Its hint offers three
// ways on: mend, which grants the access, or doing without, once or for good.
func shortError(c connector.Connector, kind Kind, wanted []connector.Resource, lacks []NotRead, why, mend string) error {
	missed := func(r connector.Resource) bool {
		return slices.ContainsFunc(lacks, func(n NotRead) bool { return n.Resource == string(r) })
	}
	var names []string
	for _, lack := range lacks {
		names = append(names, lack.Resource)
	}
	steps := c.ConnectCommand().After(mend + "\n")
	if rest := slices.DeleteFunc(slices.Clone(wanted), missed); len(rest) > 0 {
		steps = append(steps, connector.Step{
			Text:    "or do without for now; each run says what it left out\n",
			Command: kind.Command(c.Store).With("--only", connector.JoinResources(rest, ",")),
		})
	}
	if rest := slices.DeleteFunc(c.Capabilities(), missed); len(rest) > 0 {
		steps = append(steps, connector.Step{Text: "or do without for good\n", Command: c.ConnectCommandFor(rest)})
	}
	return &ShortError{Lacks: lacks, Fault: &connector.Fault{Code: connector.ScopeMissing,
		Message: fmt.Sprintf("%s cannot be read: %s", strings.Join(names, ", "), why), Next: steps}}
}

// DeniedError is the error of a shop that refuses, in the middle of a read, to show a
// resource.
type DeniedError struct {
	*connector.Fault
	Resource connector.Resource
}

// Unwrap returns the fault.
func (e *DeniedError) Unwrap() error { return e.Fault }

// AsTold returns the error to report, once the shop has been asked again what it grants:
// either it has withdrawn a scope, or it refuses although it grants all scopes.
func (e *DeniedError) AsTold(c connector.Connector, kind Kind, wanted []connector.Resource) error {
	if err := CheckGranted(c, kind, wanted); err != nil {
		return err
	}
	lacks := []NotRead{{Resource: string(e.Resource), Why: WhyDenied, Detail: e.Message}}
	return shortError(c, kind, wanted, lacks, e.Message+", though it grants the scopes",
		"ask the merchant, or "+c.Platform.Title+", what else the app needs for it; then connect again")
}

// EndedBy notes in NotRead which resources could not be read, if err says so.
func (r *Run) EndedBy(err error) {
	var lacking *ShortError
	if errors.As(err, &lacking) {
		r.noteLacks(lacking.Lacks)
	}
}

// CheckGranted makes sure that the shop grants all that a run of that kind is to read,
// going by the scopes in c. The error is a *ShortError.
func CheckGranted(c connector.Connector, kind Kind, wanted []connector.Resource) error {
	var lacks []NotRead
	var scopes []string
	for _, resource := range wanted {
		if missing := c.MissingFor(resource); len(missing) > 0 {
			lacks = append(lacks, NotRead{Resource: string(resource), Why: WhyScope, Detail: doesNotGrant(missing)})
			scopes = append(scopes, missing...)
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	slices.Sort(scopes)
	scopes = slices.Compact(scopes)
	return shortError(c, kind, wanted, lacks, doesNotGrant(scopes), c.HowToGrant(scopes))
}

// SameShop makes sure that the shop that answers is the one that was connected, with the
// same currency.
func SameShop(c connector.Connector, shop Shop) error {
	if shop.AccountID != c.AccountID {
		return &connector.Fault{Code: connector.NotConnected,
			Message: fmt.Sprintf("another shop answered: %s (%s) instead of %s (%s)", shop.Domain, shop.AccountID, c.Domain, c.AccountID),
			Next:    c.ConnectCommand().Next()}
	}
	if c.Currency != "" && shop.Currency != c.Currency {
		return &connector.Fault{Code: connector.GuardTripped,
			Message: fmt.Sprintf("the shop's currency changed from %s to %s", c.Currency, shop.Currency),
			Next:    c.ConnectCommand().After("if that was meant, connect again: ")}
	}
	return nil
}
