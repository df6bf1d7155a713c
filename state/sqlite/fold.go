package sqlite

import (
	"database/sql/driver"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	modernc "modernc.org/sqlite"
)

// FoundIn is an SQL function of a folded text and a value that reports whether the value
// contains the text. SQLite's own lower() knows ASCII only.
const FoundIn = "eshopctl_found_in"

// knowFoundIn registers the function for all connections that are opened from then on.
var knowFoundIn = sync.OnceValue(func() error {
	return modernc.RegisterDeterministicScalarFunction(FoundIn, 2,
		func(_ *modernc.FunctionContext, args []driver.Value) (driver.Value, error) {
			return strings.Contains(FoldText(shownAs(args[1])), shownAs(args[0])), nil
		})
})

// shownAs returns a stored value as a list shows it; NULL is "".
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

// FoldText makes texts equal that people take for the same: it ignores case and how accents
// are encoded. It is the canonical caseless match of Unicode (chapter 3, D145), composed
// again so that "e" is not found in "é".
func FoldText(text string) string {
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
