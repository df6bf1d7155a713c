package diagnosis

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// Permissions, room and limits may keep a program from a file that is perfectly good. Each is
// reported as what it is, so that nobody replaces the file.

// systemSays returns what an error of the operating system means, "" for an error that it
// does not know.
func systemSays(path string, err error) (why string, next connector.Next) {
	switch {
	case connector.IsNoRoom(err):
		return noRoom(path)
	case connector.IsTooLarge(err):
		return tooLarge()
	case connector.IsTooManyFiles(err):
		return tooManyFiles()
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return notOpened(path)
	}
	return "", nil
}

// notOpened finds out why a file could not be opened. It must not open the file itself:
// closing it would drop SQLite's locks.
func notOpened(path string) (why string, next connector.Next) {
	if disk.FilesRunOut() {
		return tooManyFiles()
	}
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err != nil {
		return "its folder cannot be entered: " + given.WithoutPath(err).Error(), connector.Advice("name another file with --state FILE, or let this user into " + folder)
	}
	if err := disk.MayRead(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "this user may not read it: " + err.Error(), AsOwner("u+rw", path)
	}
	if err := disk.MayWrite(folder); err != nil {
		return unwritablePlace("its folder "+folder+" cannot be written", folder, err)
	}
	if err := disk.MayWrite(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unwritablePlace("it may not be written", path, err)
	}
	for _, beside := range []string{path + "-wal", path + "-shm"} {
		if err := disk.MayWrite(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritablePlace(filepath.Base(beside)+", which belongs to it, may not be written", beside, err)
		}
	}
	if disk.IsFull(folder) {
		return noRoom(path)
	}
	return "it cannot be opened", lookAround.After("look at the rights of " + folder + " and of what lies in it: ")
}

// unwritablePlace is the reason and hint for a place that may be read and not written.
func unwritablePlace(what, place string, err error) (why string, next connector.Next) {
	why = what + ": " + err.Error()
	if errors.Is(err, syscall.EROFS) {
		return why, connector.Advice("mount it for writing; or copy the state file to a folder that can be written, and name it with --state FILE")
	}
	return why, AsOwner("u+w", place)
}

// AsOwner is the hint to change the mode of a place.
func AsOwner(mode, place string) connector.Next {
	return connector.Shell("chmod", mode, place).After("as its owner type: ")
}

// diskSays returns what an input or output error most likely comes from.
func diskSays(path string, code int) (why string, next connector.Next) {
	switch {
	case code == sqlite3.SQLITE_IOERR_GETTEMPPATH:
		return "there is no folder for temporary files", connector.Advice("name one that can be written with --temp-dir DIR")
	case disk.FilesRunOut():
		return tooManyFiles()
	case disk.IsFull(filepath.Dir(path)):
		return noRoom(path)
	case isSizeLimited():
		return tooLarge()
	}
	return "the disk reported an error; what was written last is unknown until the file is opened again", lookAround.After("look at the disk and its log, then: ")
}

// MakeRoom is the hint if only room is missing.
const MakeRoom = "make room there, then type the same again"

// WantsRoom reports whether only room is missing.
func WantsRoom(e *engine.UnusableError) bool { return e.Next.InWords() == MakeRoom }

func noRoom(path string) (why string, next connector.Next) {
	folder := filepath.Dir(path)
	why = "no room is left on the disk of " + folder
	if room, known := disk.RoomAt(folder); known && room > disk.LeastRoom {
		why += fmt.Sprintf(": %s are free, which is not enough", InUnits(room))
	}
	return why, connector.Advice(MakeRoom)
}

func tooLarge() (why string, next connector.Next) {
	why = "files may not become as large as is needed here"
	if limit, known := disk.SizeLimit(); known {
		why += ": the limit is " + InUnits(limit) + " (ulimit -f)"
	}
	return why, connector.LetFilesGrow()
}

func tooManyFiles() (why string, next connector.Next) {
	why = "no more files may be open at a time"
	if limit, known := disk.OpenLimit(); known {
		why += fmt.Sprintf(": the limit is %d (ulimit -n)", limit)
	}
	return why, connector.LetMoreBeOpen()
}

func isSizeLimited() bool {
	_, limited := disk.SizeLimit()
	return limited
}

// InUnits formats a number of bytes for people.
func InUnits(bytes int64) string {
	switch {
	case bytes >= 10_000_000:
		return fmt.Sprintf("%d MB", bytes/1_000_000)
	case bytes >= 1000:
		return fmt.Sprintf("%d kB", bytes/1000)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
