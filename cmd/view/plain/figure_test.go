package plain

import (
	"testing"
	"time"
)

func TestFigures(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12340: "12,340", -1234567: "-1,234,567"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %s", n, got)
		}
	}
	for d, want := range map[time.Duration]string{
		42 * time.Millisecond: "42 ms", 3250 * time.Millisecond: "3.2 s", 42 * time.Second: "42 s",
		125 * time.Second: "2 min 5 s", 3*time.Hour + 4*time.Minute: "3 h 4 min",
	} {
		if got := DurationText(d); got != want {
			t.Errorf("DurationText(%d) = %s", d, got)
		}
	}
	for d, want := range map[time.Duration]string{
		0: "just now", -30 * time.Second: "just now", -90 * time.Second: "1 minute ago", -36 * time.Hour: "36 hours ago",
		-72 * time.Hour: "3 days ago", time.Hour: "in 1 hour",
	} {
		if got := AwayText(d); got != want {
			t.Errorf("away(%s) = %s", d, got)
		}
	}
}
