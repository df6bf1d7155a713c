package cmd

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

type connectFlags struct {
	provider  string
	shop      string
	auth      string
	only      string
	noBrowser bool
	permanent bool
	timeout   time.Duration
	chosen    bool // --auth was given
}

const defaultTimeout = 5 * time.Minute

// again are the flags to type again because the connector does not store them.
func (f *connectFlags) again() []string {
	var flags []string
	if f.chosen && f.auth == string(connector.Browser) {
		flags = append(flags, "--auth", f.auth)
	}
	if f.noBrowser {
		flags = append(flags, "--no-browser")
	}
	if f.timeout != defaultTimeout {
		flags = append(flags, "--timeout", health.Trimmed(f.timeout.String()))
	}
	return flags
}
