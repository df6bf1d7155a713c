//go:build !unix

package cmd

// keepMemoryPrivate does nothing here: there are no core files.
func keepMemoryPrivate() {}
