//go:build !linux

package disk

// RemoteKind is not known here.
func RemoteKind(string) string { return "" }
