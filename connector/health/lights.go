package health

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Light is one of three colours.
type Light string

// The lights.
const (
	Green  Light = "green"
	Yellow Light = "yellow"
	Red    Light = "red"
)

// Lights answer three questions apart: is it connected, did the last run go
// well, how old is the data. Their JSON is a contract with scripts.
type Lights struct {
	Connection Light `json:"connection"`
	LastRun    Light `json:"last_run"`
	DataAge    Light `json:"data_age"`
}

// AllGreen reports whether there is nothing to do about any of them.
func (l Lights) AllGreen() bool { return l == Lights{Green, Green, Green} }

// LightsOf is the lights of a connector.
func LightsOf(f Facts) Lights {
	return Lights{Connection: connectionLight(f), LastRun: runLight(f.LastRun), DataAge: ageLight(f)}
}

func connectionLight(f Facts) Light {
	c := f.Connector
	switch {
	case c.State != connector.Live, f.trouble() != "":
		return Red
	case c.Reason == connector.ShopIsUnavailable, c.Reason == connector.Refused, tokenEnded(c, f.Now):
		return Red
	case len(c.MissingScopes()) > 0, endsSoon(c, f.Now):
		return Yellow
	case f.attemptFailed():
		return Yellow
	}
	return Green
}

func runLight(last *importer.Run) Light {
	switch {
	case last == nil, last.Status == importer.Partial, last.Status == importer.Running:
		return Yellow
	case last.Status == importer.Succeeded:
		return Green
	}
	return Red
}

// ageLight looks at what the connector is able to import; once it is not able
// to import anything, at what it did import.
func ageLight(f Facts) Light {
	var resources []connector.Resource
	if f.Connector.Attached {
		resources = f.Connector.Capabilities()
	}
	if len(resources) == 0 {
		for resource := range f.Freshness {
			resources = append(resources, resource)
		}
	}
	if len(resources) == 0 || len(f.Freshness) == 0 {
		return Red
	}
	for _, resource := range resources {
		fresh, imported := f.Freshness[resource]
		if !imported {
			return Red
		}
		if f.Now.Sub(fresh.AsOf) > f.MaxAge {
			return Yellow
		}
	}
	return Green
}
