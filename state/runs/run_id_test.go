package runs

import (
	"strings"
	"testing"
	"time"
)

// Hosts know nothing of each other's ids: only chance keeps theirs apart, and what
// is drawn is enough for it. (Two of a thousand million are alike; that two pairs
// are, among these, happens to nobody.)
func TestRunIDsOfHosts(t *testing.T) {
	const hosts = 64
	drawn := map[string]bool{}
	for range hosts {
		drawn[newRunID(oneMoment())] = true
	}
	if len(drawn) < hosts-1 {
		t.Errorf("%d hosts draw %d ids in one moment", hosts, len(drawn))
	}
}

func TestRunIDsSortAsRunsBegin(t *testing.T) {
	before := ""
	for at := oneMoment(); at.Before(oneMoment().Add(3 * time.Minute)); at = at.Add(60 * time.Millisecond) {
		id := newRunID(at)
		if id <= before || !strings.HasPrefix(id, at.Format("20060102-1504-")) || len(id) != len("20261123-0944-k3f9wq2c") {
			t.Fatalf("%s follows %s", id, before)
		}
		before = id
	}
}

// oneMoment is what all clocks of these tests show.
func oneMoment() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
