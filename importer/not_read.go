package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// NotRead is a resource, or some fields of a table, that a run did not read. Reports never
// show it as zero, equal or fresh.
type NotRead struct {
	Resource string   `json:"resource"`         // or a table, of which only fields were not read
	Fields   []string `json:"fields,omitempty"` // none: nothing of it was read
	Why      Why      `json:"why"`
	Detail   string   `json:"detail"` // a sentence, such as which scope is missing
}

// Why is the reason for a NotRead. The codes are stable.
type Why string

// The reasons.
const (
	WhyScope     Why = "scope_missing"  // the shop does not grant what reading it needs
	WhyDenied    Why = "not_permitted"  // the shop refuses it, though it grants the scopes
	WhyVersion   Why = "not_in_version" // the API version does not have it
	WhyEnded     Why = "failed_before"  // the run ended before it had read it
	WhyNotWanted Why = "not_asked_for"
)

// leftOutResource returns why a resource is not among those that a run is to read.
func leftOutResource(c connector.Connector, resource connector.Resource) NotRead {
	left := NotRead{Resource: string(resource), Why: WhyNotWanted, Detail: "left out on purpose"}
	switch missing := c.MissingFor(resource); {
	case !slices.Contains(c.SetUpFor(), resource):
		left.Detail = fmt.Sprintf("store %s is not set up for it", c.Store)
	case len(missing) > 0:
		left.Why, left.Detail = WhyScope, doesNotGrant(missing)
	}
	return left
}

func doesNotGrant(scopes []string) string {
	return "the shop does not grant " + strings.Join(scopes, ", ")
}

// OnlyFields reports whether the records were read without some of their fields.
func (n NotRead) OnlyFields() bool { return len(n.Fields) > 0 }
