package bulk

import (
	"context"
	"time"
)

// Forgetful is a ledger that remembers nothing: no later reading will pick anything up.
type Forgetful struct{}

func (Forgetful) Recall(context.Context, string) (string, time.Time, error) {
	return "", time.Time{}, nil
}
func (Forgetful) Note(context.Context, string, string) error { return nil }
func (Forgetful) Forget(context.Context, string) error       { return nil }
