package disk

import (
	"fmt"
	"os"

	"github.com/eshopos/eshopctl/connector"
)

// SizeOf is how many bytes a file has, 0 for one that is not there.
func SizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Exists reports whether there is anything of that name.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// CanHold reports whether files may be made in a folder.
func CanHold(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.IsDir() && MayWrite(folder) == nil
}

// LeastRoom is what SQLite needs to open a file at all: its index, and a page of
// the log. Below it a failure to write is one of room.
const LeastRoom = 64 << 10

// IsFull reports whether a folder is known to have less than LeastRoom left.
func IsFull(folder string) bool {
	room, known := RoomAt(folder)
	return known && room < LeastRoom
}

// FilesRunOut reports whether so few more files can be opened that SQLite may have
// met the end. What failed has closed its own by now, so that one more proves nothing.
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

// HeldBy says who keeps a state file, and how.
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
