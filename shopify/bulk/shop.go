package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Shop is a shop that runs bulk operations.
type Shop interface {
	// QueryText returns a query as it would be sent now: without the fields that the shop's
	// version of the API turned out to lack.
	QueryText(query string) string
	// StartOperation starts an operation. When the answer is lost it looks for an operation
	// that was started all the same, which would be in the way of a second one. It fails
	// with ErrOtherText when the query has to be sent without one more field.
	StartOperation(ctx context.Context, query string) (*Operation, error)
	// LookAt returns how far operations are; nil for one that the shop does not know.
	LookAt(ctx context.Context, ids ...string) (map[string]*Operation, error)
	// CancelOperation asks for the end of an operation. The caller goes on whether that
	// works or not.
	CancelOperation(ctx context.Context, id string)
	// OpenResult begins the transfer of a result. A transfer that breaks off is continued;
	// where that is not possible, reading fails with ErrBroken.
	OpenResult(ctx context.Context, o *Operation) (io.ReadCloser, error)
	// Sleep waits for d.
	Sleep(ctx context.Context, d time.Duration) error
	// WaitAgain waits before another try of what has failed so often with err. It fails
	// when the operator does not want to wait that long.
	WaitAgain(ctx context.Context, err error, failed int) error
	// TellStanding is told how long an operation has made no progress, and after how long it
	// will be given up.
	TellStanding(o *Operation, stood, left time.Duration)
}

// Operation is a bulk operation as the shop describes it
// (https://shopify.dev/docs/api/admin-graphql/latest/objects/BulkOperation).
type Operation struct {
	ID, Status, ErrorCode, URL string

	CreatedAt      time.Time
	Objects, Roots int // that it has found so far; roots are objects without a parent
}

// Running reports whether the operation has not ended yet.
func (o *Operation) Running() bool {
	return o.Status == "CREATED" || o.Status == "RUNNING" || o.Status == "CANCELING"
}

// Errors that a caller acts upon. ErrUseless is in those after which picking the operation up
// later would not help, ErrNone in those after which pages may help.
var (
	ErrUseless   = errors.New("of no use")
	ErrNone      = fmt.Errorf("no bulk operation: %w", ErrUseless)
	ErrRefused   = fmt.Errorf("the app may run none: %w", ErrNone)
	ErrNoPlace   = fmt.Errorf("other operations run: %w", ErrNone)
	ErrOnceMore  = fmt.Errorf("it may work a second time: %w", ErrNone)
	ErrBad       = fmt.Errorf("a result that is not whole: %w", ErrUseless) // another transfer or another operation may bring it whole
	ErrBroken    = errors.New("the transfer broke off")
	ErrOtherText = errors.New("the query has another text now")
)

// FailedOperation is the error of an operation that ended without a result. A partial result is
// never used.
type FailedOperation struct{ Status, Code string }

// Error names what happened.
func (e *FailedOperation) Error() string { return "it ended as " + e.Status + " " + e.Code }

// Unwrap returns ErrOnceMore, or ErrNone where the app may not read something.
func (e *FailedOperation) Unwrap() error {
	if e.Denied() {
		return ErrNone
	}
	return ErrOnceMore
}

// Denied reports whether it ended because the app may not read something in it.
func (e *FailedOperation) Denied() bool { return e.Code == "ACCESS_DENIED" }

// OverdueOperation is the error of an operation that was given up and cancelled.
type OverdueOperation struct {
	Operation *Operation
	After     time.Duration
	Moving    bool // it found more objects all the time
}

// Error names what happened.
func (e *OverdueOperation) Error() string { return "it was given up after " + e.After.String() }

// Unwrap returns ErrNone.
func (e *OverdueOperation) Unwrap() error { return ErrNone }

// BadFile is the error of a result that is damaged or not whole.
type BadFile struct {
	Of   string // name of the list
	Line int    // 0 for the file as a whole
	Why  string
}

// Error names what happened.
func (e *BadFile) Error() string {
	if e.Line == 0 {
		return "the bulk result " + e.Of + " " + e.Why
	}
	return fmt.Sprintf("line %d of the bulk result %s %s", e.Line, e.Of, e.Why)
}

// Unwrap returns ErrBad.
func (e *BadFile) Unwrap() error { return ErrBad }

// BrokenTransfer is the error of a transfer that broke off and could not be continued.
type BrokenTransfer struct {
	Of   string // name of the list
	Line int    // the last that arrived
}

// Error names what happened.
func (e *BrokenTransfer) Error() string {
	return fmt.Sprintf("the transfer of the bulk result %s broke off after line %d", e.Of, e.Line)
}

// Unwrap returns ErrBroken.
func (e *BrokenTransfer) Unwrap() error { return ErrBroken }
