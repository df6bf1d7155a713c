package importer

import (
	"context"
	"time"
)

// Ledger remembers what a shop goes on gathering for one connector, an operation for
// each document, so that a reading which was cut off is picked up where it was. Whoever
// keeps what was read has it forgotten then, and not before. Documents are told apart by
// their text.
type Ledger interface {
	// FindOperation returns the id of the operation that was noted for a document, and
	// when it was; "" when there is none.
	FindOperation(ctx context.Context, document string) (id string, noted time.Time, err error)
	// NoteOperation remembers the operation that now runs for a document.
	NoteOperation(ctx context.Context, document, id string) error
	// ForgetOperation forgets what was noted for a document.
	ForgetOperation(ctx context.Context, document string) error
}
