//go:build !failpoints

package memory

// WatchStorage does nothing: only tests come between SQLite and the disk.
func WatchStorage() {}
