package gid

import (
	"fmt"
	"strconv"
	"strings"
)

// ID is a global id taken apart: gid://shopify/Kind/number?query.
type ID struct {
	Kind   string
	Number int64
	query  string
}

const Prefix = "gid://shopify/"

func IsGlobal(text string) bool {
	return strings.HasPrefix(text, "gid://")
}

func Format(kind string, number int64) string {
	return Prefix + kind + "/" + strconv.FormatInt(number, 10)
}

func OfLevel(level, item int64) string {
	return fmt.Sprintf("%sInventoryLevel/%d?inventory_item_id=%d", Prefix, level, item)
}

func Parse(text string) (ID, bool) {
	rest, ok := strings.CutPrefix(text, Prefix)
	if !ok {
		return ID{}, false
	}
	rest, query, _ := strings.Cut(rest, "?")
	kind, digits, ok := strings.Cut(rest, "/")
	number, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return ID{}, false
	}
	return ID{kind, number, query}, true
}
