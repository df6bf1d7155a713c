//go:build !linux

package sqlite

// Remote is not known here.
func (f *File) Remote() string { return "" }
