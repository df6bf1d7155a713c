//go:build !linux

package disk

// holderOf is only known on Linux.
func holderOf(string, Hold) string { return "" }
