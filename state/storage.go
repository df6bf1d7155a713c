//go:build !failpoints

package state

// watchStorage does nothing: only tests come between SQLite and the disk.
func watchStorage() {}
