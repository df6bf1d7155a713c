package disk

import (
	"fmt"
	"os"

	"github.com/eshopos/eshopctl/connector"
)

// SizeOf returns the size of a file in bytes, 0 if it does not exist.
func SizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Exists reports whether anything of that name exists.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// CanHold reports whether files can be made in a folder.
func CanHold(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.IsDir() && MayWrite(folder) == nil
}

// LeastRoom is how many bytes SQLite needs to open a file at all: its index, and a page of
// the log. With less, a failed write counts as one for lack of room.
const LeastRoom = 64 << 10

// IsFull reports whether a folder is known to have less than LeastRoom left.
func IsFull(folder string) bool {
	room, known := RoomAt(folder)
	return known && room < LeastRoom
}

// FilesRunOut reports whether so few more files can be opened that SQLite may have failed
// for that reason. It tries several, because what failed has closed its own files by now.
func FilesRunOut() bool {
	for range 8 {
		file, err := os.Open(os.DevNull)
		if err != nil {
			return connector.IsTooManyFiles(err)
		}
		defer file.Close()
	}
	return false
}

// HeldBy says which program uses a state file, and how.
func HeldBy(path string, why Hold) string {
	who := "another program"
	if name := holderOf(path, why); name != "" {
		who = name
	}
	if why == Altogether {
		return fmt.Sprintf("%s, which keeps the state file %s locked", who, path)
	}
	return fmt.Sprintf("%s, which writes into the state file %s", who, path)
}
