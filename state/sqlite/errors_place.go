package sqlite

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
)

// What keeps a program from a file that may be perfectly good: rights, room, limits.
// Each is said as what it is, because the file is to be kept.

// systemSays is what an error of the operating system means, "" for none of these.
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

// notOpened finds out why a file could not be opened as it was to be. The file itself
// must not be tried: closing it would drop SQLite's locks.
func notOpened(path string) (why string, next connector.Next) {
	if filesRunOut() {
		return tooManyFiles()
	}
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err != nil {
		return "its folder cannot be entered: " + given.WithoutPath(err).Error(), connector.Advice("name another file with --state FILE, or let this user into " + folder)
	}
	if err := mayRead(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "this user may not read it: " + err.Error(), asOwner("u+rw", path)
	}
	if err := mayWrite(folder); err != nil {
		return unwritable("its folder "+folder+" cannot be written", folder, err)
	}
	if err := mayWrite(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unwritable("it may not be written", path, err)
	}
	for _, beside := range []string{path + "-wal", path + "-shm"} {
		if err := mayWrite(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritable(filepath.Base(beside)+", which belongs to it, may not be written", beside, err)
		}
	}
	if room, known := roomAt(folder); known && room < leastRoom {
		return noRoom(path)
	}
	return "it cannot be opened", lookAround.After("look at the rights of " + folder + " and of what lies in it: ")
}

// unwritable is a place that may be read and not written.
func unwritable(what, place string, err error) (why string, next connector.Next) {
	why = what + ": " + err.Error()
	if errors.Is(err, syscall.EROFS) {
		return why, connector.Advice("mount it for writing; or copy the state file to a folder that can be written, and name it with --state FILE")
	}
	return why, asOwner("u+w", place)
}

// asOwner is what lets this user at a place.
func asOwner(mode, place string) connector.Next {
	return connector.Shell("chmod", mode, place).After("as its owner type: ")
}

// diskSays is what an input or output error most likely comes from.
func diskSays(path string, code int) (why string, next connector.Next) {
	room, known := roomAt(filepath.Dir(path))
	switch {
	case code == sqlite3.SQLITE_IOERR_GETTEMPPATH:
		return "there is no folder for temporary files", connector.Advice("name one that can be written with --temp-dir DIR")
	case filesRunOut():
		return tooManyFiles()
	case known && room < leastRoom:
		return noRoom(path)
	case sizeLimited():
		return tooLarge()
	}
	return "the disk reported an error; what was written last is unknown until the file is opened again", lookAround.After("look at the disk and its log, then: ")
}

// leastRoom is what SQLite needs to open a file at all: its index, and a page of
// the log. Below it a failure to write is one of room.
const leastRoom = 64 << 10

const makeRoom = "make room there, then type the same again"

// wantsRoom reports whether nothing but room is missing.
func wantsRoom(e *engine.UnusableError) bool { return e.Next.InWords() == makeRoom }

func noRoom(path string) (why string, next connector.Next) {
	folder := filepath.Dir(path)
	why = "no room is left on the disk of " + folder
	if room, known := roomAt(folder); known && room > leastRoom {
		why += fmt.Sprintf(": %s are free, which is not enough", inUnits(room))
	}
	return why, connector.Advice(makeRoom)
}

func tooLarge() (why string, next connector.Next) {
	why = "files may not become as large as is needed here"
	if limit, known := sizeLimit(); known {
		why += ": the limit is " + inUnits(limit) + " (ulimit -f)"
	}
	return why, connector.LetFilesGrow()
}

func tooManyFiles() (why string, next connector.Next) {
	why = "no more files may be open at a time"
	if limit, known := openLimit(); known {
		why += fmt.Sprintf(": the limit is %d (ulimit -n)", limit)
	}
	return why, connector.LetMoreBeOpen()
}

// filesRunOut reports whether so few more files can be opened that SQLite may have
// met the end. What failed has closed its own by now, so that one more proves nothing.
func filesRunOut() bool {
	for range 8 {
		file, err := os.Open(os.DevNull)
		if err != nil {
			return connector.IsTooManyFiles(err)
		}
		defer file.Close()
	}
	return false
}

func sizeLimited() bool {
	_, limited := sizeLimit()
	return limited
}

// inUnits is a number of bytes as people read it.
func inUnits(bytes int64) string {
	switch {
	case bytes >= 10_000_000:
		return fmt.Sprintf("%d MB", bytes/1_000_000)
	case bytes >= 1000:
		return fmt.Sprintf("%d kB", bytes/1000)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
