package pages

import (
	"testing"
	"time"
)

// The search finds a change only minutes after it was made.
func TestTheSearchLags(t *testing.T) {
	began := time.Date(2026, 11, 24, 10, 5, 30, 0, time.FixedZone("", 3600))
	if got, want := changedSince(began), "updated_at:>='2026-11-24T08:55:30Z'"; got != want {
		t.Errorf("it looks for %s, want %s", got, want)
	}
}
