package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// UnusableError says that the state file cannot be used, why, and what to do.
type UnusableError struct {
	Path string
	Why  string
	Next connector.Next // at most one command; never suggests a backup for a file that may be good
	Old  bool           // an older eshopctl wrote the file; opening it for writing brings it up to date
	Err  error          // the failed operation, if there was one
}

func (e *UnusableError) Error() string { return fmt.Sprintf("state file %s: %s", e.Path, e.Why) }

// Unwrap returns Err.
func (e *UnusableError) Unwrap() error { return e.Err }

// IsStopped reports whether the error comes from a context that ended, for which
// database/sql rolls the transaction back.
func IsStopped(err error) bool {
	return errors.Is(err, sql.ErrTxDone) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// longestReason is how many bytes of a reason are reported.
const longestReason = 300

// BriefReason returns the beginning of a reason, which may quote a huge text.
func BriefReason(reason string) string {
	if len(reason) <= longestReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:longestReason], "") + ".."
}
