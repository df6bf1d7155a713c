package connector

import (
	"errors"
	"syscall"
)

// What the operating system refuses for want of room or files is said in the same way
// whatever was being done.

// IsNoRoom reports whether an error is that of a disk, or of a share of it, that is full.
func IsNoRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// IsTooLarge reports whether an error is that of a file that may not grow any more.
func IsTooLarge(err error) bool { return errors.Is(err, syscall.EFBIG) }

// IsTooManyFiles reports whether an error is that no more files may be open.
func IsTooManyFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// LetFilesGrow is what to do after IsTooLarge.
func LetFilesGrow() Next { return limitNext("-f", "unlimited") }

// LetMoreBeOpen is what to do after IsTooManyFiles.
func LetMoreBeOpen() Next { return limitNext("-n", "256") }

func limitNext(words ...string) Next {
	return Shell("ulimit", words...).Next().Then(", then type the same again")
}
