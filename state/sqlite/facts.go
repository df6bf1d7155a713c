package sqlite

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// Facts describe a file, whatever it stores.
type Facts struct {
	Schema    int   // steps of the schema that were applied
	Bytes     int64 // of the file
	LogBytes  int64 // of the write-ahead log
	FreeBytes int64 // within the file, free to be reused
	SQLite    string
}

// Facts describes the file.
func (f *File) Facts(ctx context.Context) (Facts, error) {
	facts := Facts{Bytes: disk.SizeOf(f.path), LogBytes: disk.SizeOf(f.path + "-wal")}
	err := f.read.QueryRowContext(ctx, `SELECT user_version, freelist_count * page_size, sqlite_version()
		FROM pragma_user_version, pragma_freelist_count, pragma_page_size`).Scan(&facts.Schema, &facts.FreeBytes, &facts.SQLite)
	return facts, diagnosis.Unusable(f.path, err)
}

// Size returns the size of the file in bytes as of the last commit, and how many of these
// are free to be reused.
func (f *File) Size(ctx context.Context) (bytes, free int64, err error) {
	err = f.read.QueryRowContext(ctx, `SELECT page_count * page_size, freelist_count * page_size
		FROM pragma_page_count, pragma_page_size, pragma_freelist_count`).Scan(&bytes, &free)
	return bytes, free, diagnosis.Unusable(f.path, err)
}

// Room returns how many bytes this user may still write on the disk of the file, if that is
// known.
func (f *File) Room() (bytes int64, known bool) { return disk.RoomAt(filepath.Dir(f.path)) }

// FindDamage checks the file, for that long at most. It returns whether it came to the end,
// and the first problem.
func (f *File) FindDamage(ctx context.Context, limit time.Duration) (all bool, damage error) {
	all, damage = quickCheck(ctx, f.read, limit)
	return all, diagnosis.Unusable(f.path, damage)
}

// WhyUnwritable returns why nothing can be written into the file, nil if it can.
func (f *File) WhyUnwritable(ctx context.Context) error {
	for _, place := range []string{filepath.Dir(f.path), f.path} {
		if disk.MayWrite(place) != nil {
			return diagnosis.Diagnose(f.path, fs.ErrPermission)
		}
	}
	return f.options.Schema.CheckFile(ctx, f.read, f.path, true)
}

// RemoteKind returns the kind of file system if other machines may share the file, "" if it
// is local. SQLite's log needs memory that all its users share, and locks that hold
// (https://www.sqlite.org/wal.html, https://www.sqlite.org/howtocorrupt.html, 2.1).
func (f *File) RemoteKind() string { return disk.RemoteKind(f.path) }
