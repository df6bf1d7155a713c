//go:build !linux

package sqlite

// holderOf is not known where the system does not tell.
func holderOf(string, hold) string { return "" }
