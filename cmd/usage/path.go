package usage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// address matches the scheme of a URL, which names a database or a file on another machine.
var address = regexp.MustCompile(`(?i)^([a-z][a-z0-9+.-]*)://`)

// otherPlaces are beginnings of connection strings that other programs take in the place of
// a path.
var otherPlaces = []string{"file:", "sqlite:", "sqlite3:", "postgres:", "postgresql:", "mysql:", "jdbc:", ":memory:", "host=", "hostaddr=", "dbname=", "user=", "service=", "port="}

// CheckPath refuses addresses and connection strings in the place of a path, which would
// create folders with odd names. The fault does not repeat them, because they may hold a
// password. where names the flag or variable, instead is what to type.
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
