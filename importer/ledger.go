package importer

import (
	"context"
	"time"
)

// Ledger remembers the operations that a shop is working on for one connector, one for each
// query document, so that a later run can pick up a read that was cut off. An operation is
// forgotten when the snapshot with its data is stored. Documents are compared by their
// text.
type Ledger interface {
	// FindOperation returns the id of the operation that was noted for a document, and when
	// it was noted; the id is "" if there is none.
	FindOperation(ctx context.Context, document string) (id string, noted time.Time, err error)
	// NoteOperation remembers the operation that now runs for a document.
	NoteOperation(ctx context.Context, document, id string) error
	// ForgetOperation forgets the operation of a document.
	ForgetOperation(ctx context.Context, document string) error
}
