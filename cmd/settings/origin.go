package settings

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// fileText is the configuration file as it was read, and the store whose settings
// count.
type fileText struct {
	path  string
	text  []byte
	store string
}

// line is where the file sets a key, "" when it does not.
func (c fileText) line(store, key string) string {
	if n := lineOf(c.text, store, key); n > 0 {
		return fmt.Sprintf("line %d of %s", n, c.path)
	}
	return ""
}

// originOf is where the value of a flag that was not typed comes from, as people would
// look for it: a variable, or a key with its line.
func (s *Source) originOf(flag, store string) string {
	if s.Env.Getenv(Variable(flag)) == "" {
		if line := s.text.line(store, keyOf(flag)); line != "" {
			return keyOf(flag) + " in " + line
		}
	}
	return Variable(flag)
}

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
	if where := s.whence(cmp.Or(found[1], found[2])); !strings.HasSuffix(fault.Message, where) {
		fault.Message += where
	}
}

// whence is a remark that a setting stands in the configuration file, "" when it comes
// from elsewhere.
func (s *Source) whence(setting string) string {
	key := strings.ToLower(keyOf(setting))
	line := s.text.line(s.text.store, key)
	if line == "" || s.typed[key] || s.Env.Getenv(Variable(key)) != "" {
		return ""
	}
	return " (" + key + " stands in " + line + ")"
}
