package connector

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Platform describes a provider: its names, words and dates, which no other package
// knows.
type Platform struct {
	Name  string // in commands, settings and the registry
	Title string // in sentences

	ShopForms   string // how a shop may be named, in a few words
	ShopExample string // stands for the domain of some shop

	SilentTitle string // that a product's only variant has and that says nothing; "" when there is none

	Scopes  map[Resource][]string // what a shop must grant for the reading of a resource
	Writing map[string]string     // from the prefix of scopes to read to that of scopes to write, which include reading
	Grant   map[Auth]string       // what to do so that the scopes %s are granted

	Versions  Versions
	Permanent Deadline // of tokens without end that came from the browser

	Console    string // where apps are made and their credentials are shown
	NewApp     string // what is done there to make one
	Release    string // what is done with it before a shop can let it in, "" when that is nothing
	StatusPage string // tells about outages, "" when there is none
}

// Auth is the way in which an install was authorised.
type Auth string

// The ways.
const (
	Browser           Auth = "browser"
	ClientCredentials Auth = "client-credentials"
	AdminToken        Auth = "token"
)

// Versions are the versions of a provider's API.
type Versions struct {
	Asked  string   // by this program, unless a setting says otherwise
	Form   string   // layout (of package time) of the release day in a version; "" when it holds none
	Months int      // of support after the release
	Others []string // whose names are no dates
}

// Deadline is a day from which a provider refuses something.
type Deadline struct {
	From time.Time // zero when there is none
	What string    // what it refuses
}

// Released returns the day on which a version came out, and false when its name does
// not say.
func (v Versions) Released(version string) (time.Time, bool) {
	released, err := time.Parse(v.Form, version)
	return released, err == nil && v.Form != ""
}

// End returns the day from which a version may be withdrawn, and false when its name
// does not tell.
func (v Versions) End(version string) (time.Time, bool) {
	released, dated := v.Released(version)
	return released.AddDate(0, v.Months, 0), dated
}

// Known reports whether a text is a version. Any other text could lead requests
// elsewhere.
func (v Versions) Known(version string) bool {
	_, dated := v.Released(version)
	return dated || version == v.Asked || slices.Contains(v.Others, version)
}

// Variable returns the environment variable of one of the provider's settings.
func (p Platform) Variable(setting string) string { return "ESHOPCTL_" + p.variableName(setting) }

// Key returns the name of one of the provider's settings in the configuration file.
func (p Platform) Key(setting string) string { return strings.ToLower(p.variableName(setting)) }

func (p Platform) variableName(setting string) string {
	return strings.ToUpper(p.Name + "_" + setting)
}

// ScopesFor lists what must be granted for reading all of the resources, sorted. No
// resources means all.
func (p Platform) ScopesFor(resources []Resource) []string {
	if len(resources) == 0 {
		resources = Resources()
	}
	var scopes []string
	for _, r := range resources {
		scopes = append(scopes, p.Scopes[r]...)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

// missingScopes returns the scopes that are not granted.
func (p Platform) missingScopes(scopes, granted []string) []string {
	lacking := []string{}
	for _, scope := range scopes {
		if !p.grantsScope(granted, scope) {
			lacking = append(lacking, scope)
		}
	}
	return lacking
}

// grantsScope reports whether a scope is granted. A scope to write includes reading:
// lists of granted scopes often leave the reading out.
func (p Platform) grantsScope(granted []string, scope string) bool {
	if slices.Contains(granted, scope) {
		return true
	}
	for reading, writing := range p.Writing {
		if what, found := strings.CutPrefix(scope, reading); found && slices.Contains(granted, writing+what) {
			return true
		}
	}
	return false
}

// howToGrant says what to do before connecting again in this way, so that the shop
// grants the scopes.
func (p Platform) howToGrant(way Auth, scopes string) string {
	return fmt.Sprintf(cmp.Or(p.Grant[way], p.Grant[Browser], "have %s granted; then connect again"), scopes)
}

// Platforms lists the providers, the usual one first.
type Platforms []Platform

// Usual returns the provider that is meant where none is named.
func (all Platforms) Usual() Platform {
	if len(all) == 0 {
		return Platform{Name: "PROVIDER"}
	}
	return all[0]
}

// Named returns the provider of this name. An unknown one has nothing but its name.
func (all Platforms) Named(name string) Platform {
	for _, p := range all {
		if p.Name == name {
			return p
		}
	}
	return Platform{Name: name, Title: name}
}
