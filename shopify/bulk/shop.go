package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Shop is the port to a shop that runs bulk operations.
type Shop interface {
	// QueryText is a query as it is sent now: without what the shop turned out to lack.
	QueryText(query string) string
	// StartOperation starts an operation. When the answer is lost it looks for the operation
	// that may have started all the same, and would stand in the way of a second one.
	StartOperation(ctx context.Context, query string) (*Operation, error)
	// LookAt tells how far operations are, nil for one that the shop does not know.
	LookAt(ctx context.Context, ids ...string) (map[string]*Operation, error)
	// CancelOperation ends an operation. Whether that works changes nothing.
	CancelOperation(ctx context.Context, id string)
	// OpenResult begins the transfer of a result. Where it breaks off it is continued; where
	// it cannot be, reading fails with ErrBroken.
	OpenResult(ctx context.Context, o *Operation) (io.ReadCloser, error)
	// Sleep waits.
	Sleep(ctx context.Context, d time.Duration) error
	// WaitAgain waits before another try of what failed so often, as long as anybody has
	// the patience for that.
	WaitAgain(ctx context.Context, err error, failed int) error
	// TellStanding tells of an operation that makes no progress for so long, and how long it
	// is waited for yet.
	TellStanding(o *Operation, stood, left time.Duration)
}

// Operation is a bulk operation as a shop tells it.
type Operation struct {
	ID, Status, ErrorCode, URL string

	CreatedAt      time.Time
	Objects, Roots int // found; roots belong to nothing else
}

// Running reports whether it has not ended yet.
func (o *Operation) Running() bool {
	return o.Status == "CREATED" || o.Status == "RUNNING" || o.Status == "CANCELING"
}

// What goes wrong, for those who have to choose what to do about it. ErrUseless is in
// all that picking the operation up later would not help.
var (
	ErrUseless   = errors.New("of no use")
	ErrNone      = fmt.Errorf("no bulk operation: %w", ErrUseless)
	ErrRefused   = fmt.Errorf("the app may run none: %w", ErrNone)
	ErrNoPlace   = fmt.Errorf("other operations run: %w", ErrNone)
	ErrOnceMore  = fmt.Errorf("it may work a second time: %w", ErrNone)
	ErrBad       = fmt.Errorf("a result that is not whole: %w", ErrUseless) // another transfer may bring it whole, or another operation
	ErrBroken    = errors.New("the transfer broke off")
	ErrOtherText = errors.New("the query has another text now")
)

// FailedOperation is an operation that ended without a result. A partial one is never used.
type FailedOperation struct{ Status, Code string }

func (e *FailedOperation) Error() string { return "it ended as " + e.Status + " " + e.Code }

// Unwrap tells that another operation may end well, unless something may not be read.
func (e *FailedOperation) Unwrap() error {
	if e.Denied() {
		return ErrNone
	}
	return ErrOnceMore
}

// Denied reports whether it ended because something in it may not be read.
func (e *FailedOperation) Denied() bool { return e.Code == "ACCESS_DENIED" }

// OverdueOperation is an operation that led nowhere for so long, and was cancelled.
type OverdueOperation struct {
	Operation *Operation
	After     time.Duration
	Moving    bool // it found more and more
}

func (e *OverdueOperation) Error() string { return "it was given up after " + e.After.String() }

func (e *OverdueOperation) Unwrap() error { return ErrNone }

// BadFile is a result that is not what it should be.
type BadFile struct {
	Of   string // what the list is named
	Line int    // 0: the file as a whole
	Why  string
}

func (e *BadFile) Error() string {
	if e.Line == 0 {
		return "the bulk result " + e.Of + " " + e.Why
	}
	return fmt.Sprintf("line %d of the bulk result %s %s", e.Line, e.Of, e.Why)
}

func (e *BadFile) Unwrap() error { return ErrBad }

// BrokenTransfer is a transfer that broke off and could not be continued.
type BrokenTransfer struct {
	Of   string
	Line int // the last that came
}

func (e *BrokenTransfer) Error() string {
	return fmt.Sprintf("the transfer of the bulk result %s broke off after line %d", e.Of, e.Line)
}

func (e *BrokenTransfer) Unwrap() error { return ErrBroken }
