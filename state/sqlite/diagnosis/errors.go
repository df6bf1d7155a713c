package diagnosis

import (
	"context"
	"errors"
	"strings"

	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
)

// ErrDamaged is the cause of problems that a check found in a file.
var ErrDamaged = errors.New("the file is damaged")

// Unusable puts an error of the driver or the file system into words. It does not change
// errors that have words already.
func Unusable(path string, err error) error {
	if err == nil {
		return nil
	}
	fault := (*connector.Fault)(nil)
	if already := (*engine.UnusableError)(nil); errors.As(err, &already) || errors.As(err, &fault) {
		return err
	}
	var failure *modernc.Error
	if errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_INTERRUPT || engine.IsStopped(err) {
		return context.Canceled
	}
	if errors.As(err, &failure) && isOld(failure) {
		return &engine.UnusableError{Path: path, Why: "it was written by an older eshopctl; the next command that writes brings it up to date", Old: true, Err: err}
	}
	if IsBusy(err) {
		return heldFault(path, err)
	}
	return Diagnose(path, err)
}

// isOld reports whether a table or column is missing that a later migration makes.
func isOld(failure *modernc.Error) bool {
	return failure.Code() == sqlite3.SQLITE_ERROR && strings.Contains(failure.Error(), "no such ")
}

// Diagnose says why the file cannot be used. SQLite says little more than that something
// failed, so the place of the file is looked at as well.
func Diagnose(path string, err error) *engine.UnusableError {
	e := &engine.UnusableError{Path: path, Err: err}
	if e.Why, e.Next = systemSays(path, err); e.Why != "" {
		return e
	}
	var failure *modernc.Error
	if errors.Is(err, ErrDamaged) {
		e.Why, e.Next = err.Error(), RestoreIt()
		return e
	}
	if errors.Is(err, engine.ErrContent) || strings.HasPrefix(err.Error(), "sql: Scan error") {
		e.Why, e.Next = engine.BriefReason(err.Error()), RestoreIt()
		return e
	}
	if !errors.As(err, &failure) {
		e.Why, e.Next = engine.BriefReason(err.Error()), lookAround.Next()
		return e
	}
	e.Why, e.Next = sqliteSays(path, failure)
	return e
}

// sqliteSays returns what a result code means for the file at path, and what to do.
func sqliteSays(path string, failure *modernc.Error) (why string, next connector.Next) {
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return "it is not an eshopctl state file", NameOther()
	case sqlite3.SQLITE_CORRUPT:
		return "it is damaged", RestoreIt()
	case sqlite3.SQLITE_FULL:
		return noRoom(path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH:
		return notOpened(path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another program keeps it locked", WhoWorks.After("wait until it has ended; who is at work: ")
	case sqlite3.SQLITE_IOERR:
		return diskSays(path, failure.Code())
	}
	return failure.Error(), lookAround.Next()
}

// InWords returns why an operation on a file other than the state file failed.
func InWords(path string, err error) string { return Diagnose(path, err).Why }

// IsBusy reports whether another process has the file locked.
func IsBusy(err error) bool {
	var failure *modernc.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_BUSY
}

// IsOwn reports whether SQLite itself returned the error.
func IsOwn(err error) bool {
	var failure *modernc.Error
	return errors.As(err, &failure)
}

// AsUnusable turns an error about stored data that nobody has put into words into an
// UnusableError. It returns nil for other errors.
func AsUnusable(err error) *engine.UnusableError {
	if err == nil || !IsOwn(err) && !strings.Contains(err.Error(), "sql: ") {
		return nil
	}
	return &engine.UnusableError{Why: "what is stored cannot be: " + engine.BriefReason(err.Error()), Next: RestoreIt(), Err: err}
}

// heldFault is the fault of a file that is locked, where nobody waits for it.
func heldFault(path string, err error) *connector.Fault {
	return &connector.Fault{Code: connector.Locked, Err: err,
		Message: "the file is well, but not free: held by " + disk.HeldBy(path, disk.Altogether),
		Next:    connector.Advice("end what holds it, then try again")}
}

// IsConstraint reports whether a constraint forbade the write.
func IsConstraint(err error) bool {
	var failure *modernc.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}
