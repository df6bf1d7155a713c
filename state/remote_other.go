//go:build !linux

package state

// Remote is not known here.
func (db *DB) Remote() string { return "" }
