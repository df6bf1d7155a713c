package settings

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// settingNamed finds the first flag or variable that a message names.
var settingNamed = regexp.MustCompile(`--([a-z][a-z-]+)|ESHOPCTL_([A-Z_]+)`)

// Locate adds to a fault of usage where the configuration file has the value that it
// is about, which was neither typed nor in the environment. What the fault would have
// typed instead also tells what it is about.
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
