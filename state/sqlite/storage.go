//go:build !failpoints

package sqlite

// watchStorage does nothing: only tests come between SQLite and the disk.
func watchStorage() {}
