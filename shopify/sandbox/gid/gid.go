package gid

import (
	"fmt"
	"strconv"
	"strings"
)

// ID is a global id taken apart: gid://shopify/Kind/Number, of a level with a query behind it.
type ID struct {
	Kind   string
	Number int64
}

// Prefix is how the ids of all of Shopify's objects begin.
const Prefix = "gid://shopify/"

// IsGlobal reports whether a text looks like a global id, whoever's object it names.
func IsGlobal(text string) bool { return strings.HasPrefix(text, "gid://") }

// FormatID writes the id of an object of a kind.
func FormatID(kind string, number int64) string {
	return Prefix + kind + "/" + strconv.FormatInt(number, 10)
}

// FormatLevel writes the id of an inventory level, which names its item too.
func FormatLevel(level, item int64) string {
	return fmt.Sprintf("%sInventoryLevel/%d?inventory_item_id=%d", Prefix, level, item)
}

// ParseID reads a global id of Shopify's.
func ParseID(text string) (ID, bool) {
	rest, ok := strings.CutPrefix(text, Prefix)
	if !ok {
		return ID{}, false
	}
	rest, _, _ = strings.Cut(rest, "?")
	kind, digits, ok := strings.Cut(rest, "/")
	number, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return ID{}, false
	}
	return ID{kind, number}, true
}
