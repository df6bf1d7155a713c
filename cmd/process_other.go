//go:build !linux

package cmd

// keepMemoryPrivate does nothing here.
func keepMemoryPrivate() {}
