package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNoState means that there is no state file: nothing was connected yet.
var ErrNoState = errors.New("nothing connected yet")

// ErrReadOnly means that something would be written to a state file that was
// opened only to look.
var ErrReadOnly = errors.New("the state file was opened for reading only")

// UnusableError says that the state file cannot be used, and why in words.
type UnusableError struct {
	Path string
	Why  string
	Next string // words with at most one command; never a backup for a file that may be good
	Old  bool   // an older eshopctl wrote it; opening it for writing mends that
	Err  error  // nil when the reason is not a failed operation
}

func (e *UnusableError) Error() string { return fmt.Sprintf("state file %s: %s", e.Path, e.Why) }

// Unwrap returns the failed operation's error, if there was one.
func (e *UnusableError) Unwrap() error { return e.Err }

// What to do about a file whose content is of no use. Only for these a backup helps.
const restoreIt = "restore a backup; what is there now is kept beside it: eshopctl state restore FILE"

// unusable puts an error of the driver or the file system into words.
func unusable(path string, err error) error {
	if err == nil {
		return nil
	}
	if already := (*UnusableError)(nil); errors.As(err, &already) || isRefusal(err) {
		return err
	}
	var failure *sqlite.Error
	if errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_INTERRUPT || isStopped(err) {
		return context.Canceled
	}
	if errors.As(err, &failure) && isOld(failure) {
		return &UnusableError{Path: path, Why: "it was written by an older eshopctl; the next command that writes brings it up to date", Old: true, Err: err}
	}
	return &UnusableError{Path: path, Why: inWords(err), Err: err}
}

// isRefusal reports whether an error is about what was asked for: the file is well.
func isRefusal(err error) bool {
	refusals := []error{ErrNoWarehouse, ErrTwoWarehouses, ErrSameWarehouse, ErrTwoPlaces, ErrMergeChanged, ErrLinked, ErrUnlinked}
	return slices.ContainsFunc(refusals, func(refusal error) bool { return errors.Is(err, refusal) })
}

// isOld reports whether something is missed that a later migration makes.
func isOld(failure *sqlite.Error) bool {
	return failure.Code() == sqlite3.SQLITE_ERROR && strings.Contains(failure.Error(), "no such ")
}

func inWords(err error) string {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err.Error()
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return "it is not an eshopctl state file"
	case sqlite3.SQLITE_CORRUPT:
		return "it is damaged; restore a backup"
	case sqlite3.SQLITE_FULL:
		return "the disk is full"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return "it may not be written"
	case sqlite3.SQLITE_CANTOPEN:
		return "it cannot be opened; check the rights of the file and its folder"
	case sqlite3.SQLITE_BUSY:
		return "another program keeps it locked"
	case sqlite3.SQLITE_IOERR:
		return "the disk reported an error; what was written last is unknown until the file is opened again"
	}
	return failure.Error()
}

// isBusy reports whether another process holds the write lock.
func isBusy(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_BUSY
}

// isStopped reports whether the error says that a context ended, for which
// database/sql rolls the transaction back.
func isStopped(err error) bool {
	return errors.Is(err, sql.ErrTxDone) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
