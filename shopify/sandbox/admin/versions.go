package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// latestVersion is the version whose schema the sandbox has; it answers all versions with it.
const latestVersion = "2026-10"

// publicVersions lists the versions of the API.
func publicVersions() []graph.Object {
	return []graph.Object{
		apiVersion{"2026-01", true}, apiVersion{"2026-04", true}, apiVersion{"2026-07", true},
		apiVersion{latestVersion, true}, apiVersion{"2027-01", false}, apiVersion{"unstable", false},
	}
}

// AnsweringVersion returns the version that answers a request: the one asked for, or the oldest supported one when
// there is no such version.
func AnsweringVersion(asked string) string {
	for _, version := range publicVersions() {
		if version.(apiVersion).handle == asked {
			return asked
		}
	}
	return publicVersions()[0].(apiVersion).handle
}

// apiVersion is a version of the API.
type apiVersion struct {
	handle    string
	supported bool
}

func (v apiVersion) TypeName() string { return "ApiVersion" }

func (v apiVersion) FieldValue(name string) (any, error) {
	switch name {
	case "handle", "displayName":
		return v.handle, nil
	case "supported":
		return v.supported, nil
	}
	return nil, graph.NotAnswered("ApiVersion", name)
}
