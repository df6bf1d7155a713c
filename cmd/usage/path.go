package usage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// address is what other programs take for the place of a database, or of a file on
// another machine.
var address = regexp.MustCompile(`(?i)^([a-z][a-z0-9+.-]*)://`)

// otherPlaces begin what is no path either, for the libraries of other programs.
var otherPlaces = []string{"file:", "sqlite:", "sqlite3:", "postgres:", "postgresql:", "mysql:", "jdbc:", ":memory:", "host=", "hostaddr=", "dbname=", "user=", "service=", "port="}

// CheckPath refuses what is no path of a file on this machine: it would make folders
// of odd names. What was given is not repeated, as passwords stand in addresses. instead
// are the flags that name a file.
func CheckPath(where, path string, instead connector.Next) error {
	kind := ""
	if scheme := address.FindString(path); scheme != "" {
		kind = "an address (" + strings.ToLower(scheme) + "...)"
	} else if i := slices.IndexFunc(otherPlaces, func(begin string) bool {
		return strings.HasPrefix(strings.ToLower(path), begin)
	}); i >= 0 {
		kind = otherPlaces[i] + "..."
	}
	if kind == "" {
		return nil
	}
	return Fault(instead, "%s is %s, and has to be the path of a file on this machine", where, kind)
}
