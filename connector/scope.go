package connector

import (
	"cmp"
	"slices"
	"strings"
)

// Scopes lists what a shop must grant for the reading of a resource. The names
// are Shopify's (https://shopify.dev/docs/api/usage/access-scopes); a provider
// with other names would bring a table of its own.
func (r Resource) Scopes() []string {
	switch r {
	case Products, Categories:
		return []string{"read_products"}
	case Warehouses:
		return []string{"read_locations"}
	case Stock:
		return []string{"read_inventory", "read_locations", "read_products"}
	}
	return nil
}

// ScopesFor lists what must be granted for reading all of the resources,
// sorted. No resources means all.
func ScopesFor(resources []Resource) []string {
	if len(resources) == 0 {
		resources = Resources()
	}
	var scopes []string
	for _, r := range resources {
		scopes = append(scopes, r.Scopes()...)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

// ParseScopes reads a list of scopes separated by commas or spaces and returns
// it sorted, each scope once.
func ParseScopes(list string) []string {
	scopes := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

// grants reports whether scope is among the granted ones. Who may write may
// read; lists of granted scopes often leave the reading out. What may be done
// without signing in is apart: the unauthenticated_ scopes.
func grants(granted []string, scope string) bool {
	if slices.Contains(granted, scope) {
		return true
	}
	prefix := ""
	if strings.HasPrefix(scope, "unauthenticated_") {
		prefix = "unauthenticated_"
	}
	what, reading := strings.CutPrefix(scope, prefix+"read_")
	return reading && slices.Contains(granted, prefix+"write_"+what)
}

// SetUpFor lists what the connector was connected to import, in import order: every
// resource, unless --only named some. What the shop grants later changes nothing in
// it.
func (c Connector) SetUpFor() []Resource {
	if set := inImportOrder(c.Purpose); len(set) > 0 {
		return set
	}
	return Resources()
}

// Capabilities is the capability set: of what the connector was set up for the
// resources whose scopes are all granted. It is empty, not nil, when there is nothing.
func (c Connector) Capabilities() []Resource {
	return slices.DeleteFunc(c.SetUpFor(), func(r Resource) bool { return len(c.MissingFor(r)) > 0 })
}

// MissingFor lists the scopes that reading a resource needs and the shop does
// not grant.
func (c Connector) MissingFor(r Resource) []string { return c.missing(r.Scopes()) }

// MissingScopes lists what the connector needs for all that it was set up for and
// the shop does not grant. It is empty, not nil, when nothing is missing.
func (c Connector) MissingScopes() []string { return c.missing(ScopesFor(c.SetUpFor())) }

// HowToGrant says what has to be done before connecting again, so that the shop
// grants scopes; none stand for those that are missing, whatever they are.
func (c Connector) HowToGrant(scopes []string) string {
	list := cmp.Or(strings.Join(scopes, ", "), "the missing scopes")
	switch c.Auth {
	case ClientCredentials:
		return "add " + list + " to the app's version, release it and approve it in the shop; then connect again"
	case AdminToken:
		return "give the app " + list + " in the shop's admin; then connect again"
	}
	return "connect again, to have " + list + " granted"
}

func (c Connector) missing(needed []string) []string {
	return slices.DeleteFunc(needed, func(scope string) bool { return grants(c.Scopes, scope) })
}
