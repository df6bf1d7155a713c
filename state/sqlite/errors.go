package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	engine "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
)

// UnusableError says that the state file cannot be used, why, and what to do.
type UnusableError struct {
	Path string
	Why  string
	Next connector.Next // at most one command; never a backup for a file that may be good
	Old  bool           // an older eshopctl wrote it; opening it for writing mends that
	Err  error          // nil when the reason is not a failed operation
}

func (e *UnusableError) Error() string { return fmt.Sprintf("state file %s: %s", e.Path, e.Why) }

// Unwrap returns the failed operation's error, if there was one.
func (e *UnusableError) Unwrap() error { return e.Err }

// ErrContent is what an error is of which a row is the cause that another program wrote.
var ErrContent = errors.New("what is stored cannot be")

// What to do about a file whose content is of no use. Only for these a backup helps.
var (
	restoreIt = restoring("FILE").After("restore a backup; what is there now is kept beside it: ")
	nameOther = restoring("FILE").After("name another file with --state FILE, or restore a backup, which keeps what is there now: ")
)

// The commands about the file itself.
var (
	lookAround = connector.Typed("doctor")
	whoWorks   = connector.Typed("state info")
	backingUp  = connector.Typed("state backup", "FILE")
)

func restoring(from string) connector.Command { return connector.Typed("state restore", from) }

// Unusable puts an error of the driver or the file system into words.
func Unusable(path string, err error) error {
	if err == nil {
		return nil
	}
	fault := (*connector.Fault)(nil)
	if already := (*UnusableError)(nil); errors.As(err, &already) || errors.As(err, &fault) {
		return err
	}
	var failure *engine.Error
	if errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_INTERRUPT || IsStopped(err) {
		return context.Canceled
	}
	if errors.As(err, &failure) && isOld(failure) {
		return &UnusableError{Path: path, Why: "it was written by an older eshopctl; the next command that writes brings it up to date", Old: true, Err: err}
	}
	if isBusy(err) {
		return held(path, err)
	}
	return diagnosed(path, err)
}

// isOld reports whether something is missed that a later migration makes.
func isOld(failure *engine.Error) bool {
	return failure.Code() == sqlite3.SQLITE_ERROR && strings.Contains(failure.Error(), "no such ")
}

// diagnosed says what keeps the file from being used. SQLite tells little more than
// that something failed, so the places where it lies are looked at as well.
func diagnosed(path string, err error) *UnusableError {
	e := &UnusableError{Path: path, Err: err}
	if e.Why, e.Next = systemSays(path, err); e.Why != "" {
		return e
	}
	var failure *engine.Error
	if errors.Is(err, errDamagedFile) {
		e.Why, e.Next = err.Error(), restoreIt
		return e
	}
	if errors.Is(err, ErrContent) || strings.HasPrefix(err.Error(), "sql: Scan error") {
		e.Why, e.Next = Brief(err.Error()), restoreIt
		return e
	}
	if !errors.As(err, &failure) {
		e.Why, e.Next = Brief(err.Error()), lookAround.Next()
		return e
	}
	e.Why, e.Next = sqliteSays(path, failure)
	return e
}

// sqliteSays is what a result code means for the file at path, and what to do.
func sqliteSays(path string, failure *engine.Error) (why string, next connector.Next) {
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return "it is not an eshopctl state file", nameOther
	case sqlite3.SQLITE_CORRUPT:
		return "it is damaged", restoreIt
	case sqlite3.SQLITE_FULL:
		return noRoom(path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH:
		return notOpened(path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another program keeps it locked", whoWorks.After("wait until it has ended; who is at work: ")
	case sqlite3.SQLITE_IOERR:
		return diskSays(path, failure.Code())
	}
	return failure.Error(), lookAround.Next()
}

// inWords is why an operation on another file than the state file failed.
func inWords(path string, err error) string { return diagnosed(path, err).Why }

// isBusy reports whether another process holds the file.
func isBusy(err error) bool {
	var failure *engine.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_BUSY
}

// IsStopped reports whether the error says that a context ended, for which
// database/sql rolls the transaction back.
func IsStopped(err error) bool {
	return errors.Is(err, sql.ErrTxDone) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// IsEngineError reports whether SQLite itself told of an error.
func IsEngineError(err error) bool {
	var failure *engine.Error
	return errors.As(err, &failure)
}

// Named puts an error into words that nobody did before, where it comes from what is
// stored; nil where it does not.
func Named(err error) *UnusableError {
	if err == nil || !IsEngineError(err) && !strings.Contains(err.Error(), "sql: ") {
		return nil
	}
	return &UnusableError{Why: "what is stored cannot be: " + Brief(err.Error()), Next: restoreIt, Err: err}
}

// longestReason is how much of what is wrong is told.
const longestReason = 300

// Brief is the beginning of a reason, which may quote all of a huge text.
func Brief(reason string) string {
	if len(reason) <= longestReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:longestReason], "") + ".."
}
