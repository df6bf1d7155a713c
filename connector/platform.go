package connector

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Platform is what a provider says of itself without being asked: its names, its words
// and its dates. No other package knows them.
type Platform struct {
	Name  string // in commands, settings and the registry
	Title string // in sentences

	ShopForms   string // how a shop may be named, in a few words
	ShopExample string // that stands for the domain of some shop

	SilentTitle string // that an only variant has, and that says nothing; "" when there is none

	Scopes  map[Resource][]string // what a shop must grant for the reading of a resource
	Writing map[string]string     // by how scopes to read begin: how those begin that allow to write, and with it to read
	Grant   map[Auth]string       // what is to be done so that %s, which are scopes, are granted

	Versions  Versions
	Permanent Deadline // of tokens without end that were got in the browser

	Console    string // where apps are made and their credentials are shown
	NewApp     string // what is done there to make one
	Release    string // what is done with it before a shop can let it in, "" when that is nothing
	StatusPage string // that tells about outages, "" when there is none
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
	Asked  string   // by this program, unless somebody chose
	Form   string   // how the day of its release is written in a version, as package time takes it; "" when it is not
	Months int      // for which a version is answered from then on
	Others []string // that are no dates
}

// Deadline is a day from which a provider refuses something.
type Deadline struct {
	From time.Time // zero when there is none
	What string    // it refuses
}

// Released is the day on which a version came out, if it says so.
func (v Versions) Released(version string) (time.Time, bool) {
	released, err := time.Parse(v.Form, version)
	return released, err == nil && v.Form != ""
}

// End is the day from which a version may be withdrawn, if it ever is.
func (v Versions) End(version string) (time.Time, bool) {
	released, dated := v.Released(version)
	return released.AddDate(0, v.Months, 0), dated
}

// Known reports whether something is a version, and nothing that would lead requests
// elsewhere.
func (v Versions) Known(version string) bool {
	_, dated := v.Released(version)
	return dated || version == v.Asked || slices.Contains(v.Others, version)
}

// Variable is the environment variable of one of the provider's settings.
func (p Platform) Variable(setting string) string { return "ESHOPCTL_" + p.variableName(setting) }

// Key is one of the provider's settings in the configuration file.
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

// missingScopes are those of the scopes that are not granted.
func (p Platform) missingScopes(scopes, granted []string) []string {
	lacking := []string{}
	for _, scope := range scopes {
		if !p.grantsScope(granted, scope) {
			lacking = append(lacking, scope)
		}
	}
	return lacking
}

// grantsScope reports whether scope is among the granted ones. Who may write may read: lists
// of granted scopes often leave the reading out.
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

// howToGrant says what has to be done before connecting again in a way, so that the shop
// grants scopes.
func (p Platform) howToGrant(way Auth, scopes string) string {
	return fmt.Sprintf(cmp.Or(p.Grant[way], p.Grant[Browser], "have %s granted; then connect again"), scopes)
}

// Platforms are the providers that there are, the usual one first.
type Platforms []Platform

// Usual is the provider that is meant where none was named and none is known.
func (all Platforms) Usual() Platform {
	if len(all) == 0 {
		return Platform{Name: "PROVIDER"}
	}
	return all[0]
}

// Named is the provider of that name. One that is not known has nothing but its name to
// say.
func (all Platforms) Named(name string) Platform {
	for _, p := range all {
		if p.Name == name {
			return p
		}
	}
	return Platform{Name: name, Title: name}
}
