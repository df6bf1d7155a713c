package bulk

import (
	"context"
	"time"
)

// NoLedger is an importer.Ledger that remembers nothing, so that no later reading picks an
// operation up.
type NoLedger struct{}

// FindOperation finds nothing.
func (NoLedger) FindOperation(context.Context, string) (string, time.Time, error) {
	return "", time.Time{}, nil
}

// NoteOperation does nothing.
func (NoLedger) NoteOperation(context.Context, string, string) error { return nil }

// ForgetOperation does nothing.
func (NoLedger) ForgetOperation(context.Context, string) error { return nil }
