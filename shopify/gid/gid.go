package gid

import (
	"hash/fnv"
	"io"
	"strconv"
	"strings"
)

// The prefixes of the ids of each kind of record.
const (
	Product    = "gid://shopify/Product/"
	Variant    = "gid://shopify/ProductVariant/"
	Item       = "gid://shopify/InventoryItem/"
	Location   = "gid://shopify/Location/"
	Collection = "gid://shopify/Collection/"
	Shop       = "gid://shopify/Shop/"
)

// HasKind reports whether an id is valid and begins with one of these prefixes.
func HasKind(ids, id string) bool {
	rest, found := strings.CutPrefix(id, ids)
	return found && IsValid(rest)
}

// IsValid reports whether a text could be an id, or the end of one: printable ASCII without
// blanks, and not empty.
func IsValid(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return text != ""
}

// NumberOf returns the number at the end of an id such as gid://shopify/Product/1, or a hash of
// an id that does not end in a number. Parameters behind a question mark are left out: they
// name the parent.
func NumberOf(id string) uint64 {
	n, scale := uint64(0), uint64(1)
	for at := len(id) - 1; at > 0 && len(id)-at < 19; at-- { // most ids end in their number
		digit := id[at] - '0'
		if digit > 9 {
			break
		}
		if n, scale = n+uint64(digit)*scale, 10*scale; id[at-1] == '/' {
			return n
		}
	}
	text, _, _ := strings.Cut(id[strings.LastIndexByte(id, '/')+1:], "?")
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return n
	}
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, id) // cannot fail
	return hash.Sum64()
}
