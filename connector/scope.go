package connector

import (
	"cmp"
	"slices"
	"strings"
)

// SetUpFor lists what the connector was connected to import, in import order: every
// resource, unless --only named some. It does not change with what the shop grants
// later.
func (c Connector) SetUpFor() []Resource {
	if set := inImportOrder(c.Purpose); len(set) > 0 {
		return set
	}
	return Resources()
}

// Capabilities lists the resources that the connector was set up for and whose scopes
// are all granted, in import order. It may be empty, but not nil.
func (c Connector) Capabilities() []Resource {
	return slices.DeleteFunc(c.SetUpFor(), func(r Resource) bool { return len(c.MissingFor(r)) > 0 })
}

// MissingFor lists the scopes that reading a resource needs and the shop does
// not grant.
func (c Connector) MissingFor(r Resource) []string { return c.missingFor([]Resource{r}) }

// MissingScopes lists what the connector needs for all that it was set up for and
// the shop does not grant. It is empty, not nil, when nothing is missing.
func (c Connector) MissingScopes() []string { return c.missingFor(c.SetUpFor()) }

func (c Connector) missingFor(wanted []Resource) []string {
	return c.Platform.missingScopes(c.Platform.ScopesFor(wanted), c.Scopes)
}

// HowToGrant says what to do before connecting again, so that the shop grants these
// scopes. Without any it speaks of the missing ones.
func (c Connector) HowToGrant(scopes []string) string {
	return c.Platform.howToGrant(c.Auth, cmp.Or(strings.Join(scopes, ", "), "the missing scopes"))
}
