//go:build failpoints

package memory

import (
	"errors"
	"slices"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// For tests of crashes and broken disks, this comes between SQLite and the disk,
// as SQLite's own tests do (https://www.sqlite.org/testing.html, 3): each write,
// truncation, sync and removal of a file is the moment "storage", and stands in
// the log. Errors are what SQLite's own layer would report: "full" for a full
// disk; "late" for one that is reported though it was done; anything else for EIO.

// disk is the layer of SQLite that was there before. What SQLite calls are
// functions of this package and no closures, which nothing would keep alive.
var disk struct {
	open, remove uintptr

	mu      sync.Mutex
	methods map[uintptr]*sqlite3.Tsqlite3_io_methods // ours, by those they stand before
	files   map[uintptr]watchedFile
}

type watchedFile struct {
	path string
	real *sqlite3.Tsqlite3_io_methods
}

type (
	openFunc     = func(tls *libc.TLS, vfs, path, file uintptr, flags int32, outFlags uintptr) int32
	removeFunc   = func(tls *libc.TLS, vfs, path uintptr, sync int32) int32
	writeFunc    = func(tls *libc.TLS, file, buffer uintptr, n int32, at int64) int32
	truncateFunc = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc     = func(tls *libc.TLS, file uintptr, flags int32) int32
)

var WatchStorage = sync.OnceFunc(func() {
	tls := libc.NewTLS()
	defer tls.Close()
	vfs := At[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0))
	disk.methods, disk.files = map[uintptr]*sqlite3.Tsqlite3_io_methods{}, map[uintptr]watchedFile{}
	disk.open, disk.remove = vfs.FxOpen, vfs.FxDelete
	vfs.FxOpen, vfs.FxDelete = PointerTo(diskOpen), PointerTo(diskRemove)
})

func diskOpen(tls *libc.TLS, vfs, path, file uintptr, flags int32, outFlags uintptr) int32 {
	if code := function[openFunc](disk.open)(tls, vfs, path, file, flags, outFlags); code != sqlite3.SQLITE_OK {
		return code
	}
	disk.mu.Lock()
	defer disk.mu.Unlock()
	handle := At[sqlite3.Tsqlite3_file](file)
	ours := disk.methods[handle.FpMethods]
	if ours == nil {
		copied := *At[sqlite3.Tsqlite3_io_methods](handle.FpMethods)
		ours = &copied
		ours.FxWrite, ours.FxTruncate, ours.FxSync = PointerTo(diskWrite), PointerTo(diskTruncate), PointerTo(diskSync)
		disk.methods[handle.FpMethods] = ours
	}
	name := ""
	if path != 0 {
		name = libc.GoString(path)
	}
	disk.files[file] = watchedFile{name, At[sqlite3.Tsqlite3_io_methods](handle.FpMethods)}
	handle.FpMethods = AddressOf(ours) // kept alive by disk.methods
	return sqlite3.SQLITE_OK
}

func watched(file uintptr) watchedFile {
	disk.mu.Lock()
	defer disk.mu.Unlock()
	return disk.files[file]
}

func diskWrite(tls *libc.TLS, file, buffer uintptr, n int32, offset int64) int32 {
	f := watched(file)
	event := failpoint.Event{Op: "write", Path: f.path, At: offset, Data: slices.Clone(ListAt[byte](buffer, n))}
	return attempt(event, sqlite3.SQLITE_IOERR_WRITE, func() int32 {
		return function[writeFunc](f.real.FxWrite)(tls, file, buffer, n,
			offset)
	})
}

func diskTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	f := watched(file)
	event := failpoint.Event{Op: "truncate", Path: f.path, At: size}
	return attempt(event, sqlite3.SQLITE_IOERR_TRUNCATE, func() int32 { return function[truncateFunc](f.real.FxTruncate)(tls, file, size) })
}

func diskSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	f := watched(file)
	event := failpoint.Event{Op: "sync", Path: f.path}
	return attempt(event, sqlite3.SQLITE_IOERR_FSYNC, func() int32 { return function[syncFunc](f.real.FxSync)(tls, file, flags) })
}

func diskRemove(tls *libc.TLS, vfs, path uintptr, sync int32) int32 {
	event := failpoint.Event{Op: "remove", Path: libc.GoString(path)}
	return attempt(event, sqlite3.SQLITE_IOERR_DELETE, func() int32 { return function[removeFunc](disk.remove)(tls, vfs, path, sync) })
}

// attempt does something to a file unless it is to fail. What fails leaves no
// trace in the log.
func attempt(event failpoint.Event, code int32, do func() int32) int32 {
	var broken *failpoint.Break
	if errors.As(failpoint.Reach("storage"), &broken) {
		switch broken.Action {
		case "full":
			return sqlite3.SQLITE_FULL
		case "late":
			if done := do(); done != sqlite3.SQLITE_OK {
				return done
			}
			failpoint.Record(event)
		}
		return code
	}
	done := do()
	if done == sqlite3.SQLITE_OK {
		failpoint.Record(event)
	}
	return done
}

func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }
