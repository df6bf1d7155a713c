package state

import (
	"database/sql/driver"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"modernc.org/sqlite"
)

// foundIn is an SQL function of a folded text and a value. It reports whether the
// value holds the text. SQLite's own lower() knows ASCII only.
const foundIn = "eshopctl_found_in"

// knowFoundIn makes all connections that are opened from then on know the function.
var knowFoundIn = sync.OnceValue(func() error {
	return sqlite.RegisterDeterministicScalarFunction(foundIn, 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return strings.Contains(fold(shownAs(args[1])), shownAs(args[0])), nil
	})
})

// shownAs is a stored value as a list shows it, NULL as nothing.
func shownAs(stored driver.Value) string {
	switch stored := stored.(type) {
	case string:
		return stored
	case []byte:
		return string(stored)
	case int64:
		return strconv.FormatInt(stored, 10)
	case float64:
		return strconv.FormatFloat(stored, 'g', -1, 64)
	}
	return ""
}

// fold makes texts equal that people take for the same: in any case, and with
// accents in one code point or in two. It is the canonical caseless match of
// Unicode (chapter 3, D145), composed again so that "e" is not found in "é".
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(text)))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
