//go:build linux || darwin

package disk

import (
	"math"
	"syscall"

	"github.com/eshopos/eshopctl/connector/given"
)

const (
	accessRead  = 4
	accessWrite = 2
)

// MayRead returns why this user may not read a file, nil if it may. It does not open the
// file.
func MayRead(path string) error { return given.WithoutPath(syscall.Access(path, accessRead)) }

// MayWrite returns why this user may not write a file, nil if it may. It does not open the
// file.
func MayWrite(path string) error { return given.WithoutPath(syscall.Access(path, accessWrite)) }

// RoomAt returns how many bytes this user may still write into a folder, if that is known.
func RoomAt(folder string) (bytes int64, known bool) {
	var found syscall.Statfs_t
	if syscall.Statfs(folder, &found) != nil {
		return 0, false
	}
	room := float64(found.Bavail) * float64(found.Bsize)
	return int64(min(room, math.MaxInt64/2)), true
}

// SizeLimit returns how large this process may make a file, if that is limited.
func SizeLimit() (bytes int64, limited bool) { return limitOf(syscall.RLIMIT_FSIZE) }

// OpenLimit returns how many files this process may have open, if that is limited.
func OpenLimit() (files int64, limited bool) { return limitOf(syscall.RLIMIT_NOFILE) }

func limitOf(resource int) (int64, bool) {
	var limit syscall.Rlimit
	if syscall.Getrlimit(resource, &limit) != nil || limit.Cur > math.MaxInt64/2 {
		return 0, false
	}
	return int64(limit.Cur), true
}
