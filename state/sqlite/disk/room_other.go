//go:build !linux && !darwin

package disk

// MayRead and MayWrite cannot be told here without opening the file.
func MayRead(string) error { return nil }

// MayWrite is as MayRead.
func MayWrite(string) error { return nil }

// RoomAt is not known here.
func RoomAt(string) (bytes int64, known bool) { return 0, false }

// SizeLimit is not known here.
func SizeLimit() (bytes int64, limited bool) { return 0, false }

// OpenLimit is not known here.
func OpenLimit() (files int64, limited bool) { return 0, false }
