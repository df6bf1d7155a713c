//go:build !unix

package terminal

// keepMemoryPrivate does nothing here: there are no core files.
func keepMemoryPrivate() {}
