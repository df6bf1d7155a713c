package health

import (
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// A preview that was made by a clock that was wrong is of no known age, and its plan
// is not proposed: it would be refused.
func TestAPreviewFromTheFutureIsPast(t *testing.T) {
	for ahead, want := range map[time.Duration]bool{-time.Hour: false, 30 * time.Second: false, 2 * time.Minute: true, 48 * time.Hour: true, -25 * time.Hour: true} {
		preview := &importer.Run{Status: importer.Succeeded, StartedAt: today.Add(ahead)}
		if got := wellFacts().isPast(preview); got != want {
			t.Errorf("made %s ahead: past is %v", ahead, got)
		}
	}
}
