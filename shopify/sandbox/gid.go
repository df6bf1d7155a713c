package sandbox

import (
	"fmt"
	"strconv"
	"strings"
)

// gid is a global id taken apart: gid://shopify/Kind/number?query.
type gid struct {
	kind   string
	number int64
	query  string
}

const gidPrefix = "gid://shopify/"

func isGlobalID(text string) bool {
	return strings.HasPrefix(text, "gid://")
}

func formatGID(kind string, number int64) string {
	return gidPrefix + kind + "/" + strconv.FormatInt(number, 10)
}

func levelGID(level, item int64) string {
	return fmt.Sprintf("%sInventoryLevel/%d?inventory_item_id=%d", gidPrefix, level, item)
}

func parseGID(text string) (gid, bool) {
	rest, ok := strings.CutPrefix(text, gidPrefix)
	if !ok {
		return gid{}, false
	}
	rest, query, _ := strings.Cut(rest, "?")
	kind, digits, ok := strings.Cut(rest, "/")
	number, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return gid{}, false
	}
	return gid{kind, number, query}, true
}

// wantGID takes apart an id argument that must name an object of the given kind.
func wantGID(text, kind string) (int64, error) {
	id, ok := parseGID(text)
	if !ok || id.kind != kind {
		return 0, invalidID(text)
	}
	return id.number, nil
}
