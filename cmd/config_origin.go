package cmd

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
)

// configText is the configuration file as it was read, and the store whose settings
// count.
type configText struct {
	path  string
	text  []byte
	store string
}

// line is where the file sets a key, "" when it does not.
func (c configText) line(store, key string) string {
	if n := settings.Line(c.text, store, key); n > 0 {
		return fmt.Sprintf("line %d of %s", n, c.path)
	}
	return ""
}

// origin is where the value of a flag that was not typed comes from, as people would
// look for it: a variable, or a key with its line.
func (p *program) origin(flag, store string) string {
	if p.env.Getenv(envName(flag)) == "" {
		if line := p.file.line(store, configKey(flag)); line != "" {
			return configKey(flag) + " in " + line
		}
	}
	return envName(flag)
}

// settingNamed finds the first flag or variable that a message names.
var settingNamed = regexp.MustCompile(`--([a-z][a-z-]+)|ESHOPCTL_([A-Z_]+)`)

// located adds to a fault of usage where the configuration file has the value that it
// is about, which was neither typed nor in the environment. What the fault would have
// typed instead also tells what it is about.
func (p *program) located(fault *connector.Fault) {
	found := settingNamed.FindStringSubmatch(fault.Message)
	if found == nil && len(fault.Next) > 0 && fault.Next[0].Command.Again {
		found = settingNamed.FindStringSubmatch(fault.Next.String())
	}
	if fault.Code != connector.Usage || found == nil {
		return
	}
	if where := p.whence(cmp.Or(found[1], found[2])); !strings.HasSuffix(fault.Message, where) {
		fault.Message += where
	}
}

// whence is a remark that a setting stands in the configuration file, "" when it comes
// from elsewhere.
func (p *program) whence(setting string) string {
	key := strings.ToLower(configKey(setting))
	line := p.file.line(p.file.store, key)
	if line == "" || p.typedKeys[key] || p.env.Getenv("ESHOPCTL_"+strings.ToUpper(key)) != "" {
		return ""
	}
	return " (" + key + " stands in " + line + ")"
}
