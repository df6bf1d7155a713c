package settings

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// settingNamed finds the first flag or variable that a message names.
var settingNamed = regexp.MustCompile(`--([a-z][a-z-]+)|ESHOPCTL_([A-Z_]+)`)

// Locate adds to a fault of usage where the bad value stands in the configuration file, if
// it comes from there. Which setting it is about follows from its message or its next step.
func (s *Source) Locate(fault *connector.Fault) {
	found := settingNamed.FindStringSubmatch(fault.Message)
	if found == nil && len(fault.Next) > 0 && fault.Next[0].Command.Again {
		found = settingNamed.FindStringSubmatch(fault.Next.String())
	}
	if fault.Code != connector.Usage || found == nil {
		return
	}
	if where := s.layers.whence(cmp.Or(found[1], found[2])); !strings.HasSuffix(fault.Message, where) {
		fault.Message += where
	}
}
