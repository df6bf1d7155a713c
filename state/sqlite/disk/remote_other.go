//go:build !linux

package disk

// Remote is not known here.
func Remote(string) string { return "" }
