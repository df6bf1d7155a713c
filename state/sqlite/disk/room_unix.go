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

// MayRead and MayWrite ask without opening anything.
func MayRead(path string) error { return given.WithoutPath(syscall.Access(path, accessRead)) }

// MayWrite is as MayRead.
func MayWrite(path string) error { return given.WithoutPath(syscall.Access(path, accessWrite)) }

// RoomAt is how much this user may still write into a folder, as far as it can be
// told.
func RoomAt(folder string) (bytes int64, known bool) {
	var found syscall.Statfs_t
	if syscall.Statfs(folder, &found) != nil {
		return 0, false
	}
	room := float64(found.Bavail) * float64(found.Bsize)
	return int64(min(room, math.MaxInt64/2)), true
}

// SizeLimit is how large this process may make a file, if that is limited.
func SizeLimit() (bytes int64, limited bool) { return limitOf(syscall.RLIMIT_FSIZE) }

// OpenLimit is how many files it may have open.
func OpenLimit() (files int64, limited bool) { return limitOf(syscall.RLIMIT_NOFILE) }

func limitOf(resource int) (int64, bool) {
	var limit syscall.Rlimit
	if syscall.Getrlimit(resource, &limit) != nil || limit.Cur > math.MaxInt64/2 {
		return 0, false
	}
	return int64(limit.Cur), true
}
