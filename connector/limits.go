package connector

import (
	"errors"
	"syscall"
)

// A lack of room or of open files is said in the same words, whatever was being done.

// IsNoRoom reports whether the cause of an error is a full disk or a used up quota.
func IsNoRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// IsTooLarge reports whether the cause of an error is the limit on the size of a file.
func IsTooLarge(err error) bool { return errors.Is(err, syscall.EFBIG) }

// IsTooManyFiles reports whether the cause of an error is the limit on open files.
func IsTooManyFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// LetFilesGrow returns what to do after IsTooLarge.
func LetFilesGrow() Next { return limitNext("-f", "unlimited") }

// LetMoreBeOpen returns what to do after IsTooManyFiles.
func LetMoreBeOpen() Next { return limitNext("-n", "256") }

func limitNext(words ...string) Next {
	return Shell("ulimit", words...).Next().Then(", then type the same again")
}
