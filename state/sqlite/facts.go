package sqlite

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// Facts are what there is to tell of a file, whatever it holds.
type Facts struct {
	Schema    int   // steps of the schema that were applied
	Bytes     int64 // of the file
	LogBytes  int64 // of what is written and not in the file yet
	FreeBytes int64 // within the file, for what will be written
	SQLite    string
}

// Facts looks at the file.
func (f *File) Facts(ctx context.Context) (Facts, error) {
	facts := Facts{Bytes: disk.SizeOf(f.path), LogBytes: disk.SizeOf(f.path + "-wal")}
	err := f.read.QueryRowContext(ctx, `SELECT user_version, freelist_count * page_size, sqlite_version()
		FROM pragma_user_version, pragma_freelist_count, pragma_page_size`).Scan(&facts.Schema, &facts.FreeBytes, &facts.SQLite)
	return facts, diagnosis.Unusable(f.path, err)
}

// Size is how many bytes the file has, as its last commit left it, and how many of them
// are free to be used again.
func (f *File) Size(ctx context.Context) (bytes, free int64, err error) {
	err = f.read.QueryRowContext(ctx, `SELECT page_count * page_size, freelist_count * page_size
		FROM pragma_page_count, pragma_page_size, pragma_freelist_count`).Scan(&bytes, &free)
	return bytes, free, diagnosis.Unusable(f.path, err)
}

// Room is what this user may still write on the disk of the file, as far as it is known.
func (f *File) Room() (bytes int64, known bool) { return disk.RoomAt(filepath.Dir(f.path)) }

// FindDamage looks through the file, for that long at most, and reports whether it came to
// the end, and what is wrong.
func (f *File) FindDamage(ctx context.Context, limit time.Duration) (all bool, damage error) {
	all, damage = quickCheck(ctx, f.read, limit)
	return all, diagnosis.Unusable(f.path, damage)
}

// WhyUnwritable is why nothing can be written into the file, nil when it can.
func (f *File) WhyUnwritable(ctx context.Context) error {
	for _, place := range []string{filepath.Dir(f.path), f.path} {
		if disk.MayWrite(place) != nil {
			return diagnosis.Diagnose(f.path, fs.ErrPermission)
		}
	}
	return f.options.Schema.CheckFile(ctx, f.read, f.path, true)
}

// RemoteKind names the kind of file system on which the state file lies if other
// machines may share it, "" if it is this machine's own. SQLite's log needs memory
// that all its users share, and locks that hold
// (https://www.sqlite.org/wal.html, https://www.sqlite.org/howtocorrupt.html, 2.1).
func (f *File) RemoteKind() string { return disk.RemoteKind(f.path) }
