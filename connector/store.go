package connector

import "strings"

// IsStoreName reports whether a store may have this name: at most 63 lower-case
// letters, digits, dots, underscores and hyphens, which begin with a letter or a digit.
func IsStoreName(name string) bool {
	const first, rest = "abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz0123456789._-"
	return name != "" && len(name) <= 63 && strings.Contains(first, name[:1]) && strings.Trim(name, rest) == ""
}
