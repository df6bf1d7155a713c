//go:build unix

package vault

import (
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

const (
	writtenByAnyone = 0o022 // by the group or by all
	writtenByAll    = 0o002
	writtenByGroup  = 0o020
	readByAnyone    = 0o044
)

func writtenByOthers(info fs.FileInfo) bool { return info.Mode().Perm()&writtenByAnyone != 0 }

func readByOthers(info fs.FileInfo) bool { return info.Mode().Perm()&readByAnyone != 0 }

// renamedByOthers reports whether others may replace files in this folder. Where each user
// has a private group, write access of that group does not count.
func renamedByOthers(folder fs.FileInfo) bool {
	mode := folder.Mode()
	if mode&fs.ModeSticky != 0 {
		return false
	}
	return mode.Perm()&writtenByAll != 0 || mode.Perm()&writtenByGroup != 0 && !ownersGroup(folder)
}

// foreignOwner returns the owner of a file if that is another user and not root.
func foreignOwner(info fs.FileInfo) (name string, foreign bool) {
	owned, known := info.Sys().(*syscall.Stat_t)
	if !known || owned.Uid == 0 || int(owned.Uid) == os.Geteuid() {
		return "", false
	}
	if who, err := user.LookupId(idText(owned.Uid)); err == nil {
		return "user " + who.Username, true
	}
	return "user " + idText(owned.Uid), true
}

// ownersGroup reports whether the group of a file is the private group of its owner: it has
// the owner's name.
func ownersGroup(info fs.FileInfo) bool {
	owned, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return false
	}
	owner, err := user.LookupId(idText(owned.Uid))
	if err != nil {
		return false
	}
	group, err := user.LookupGroupId(idText(owned.Gid))
	return err == nil && group.Name == owner.Username
}

func idText(id uint32) string { return strconv.FormatUint(uint64(id), 10) }
