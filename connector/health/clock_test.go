package health

import (
	"slices"
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

// A last contact that has no time, or one to come, is none to show a green light for until
// the shop is asked.
func TestALastContactAtNoTimeIsNotGreen(t *testing.T) {
	for at, want := range map[time.Time]Light{
		{}: Yellow, today.Add(48 * time.Hour): Yellow, today.Add(2 * importer.ClockSkew): Yellow,
		today.Add(importer.ClockSkew / 2): Green, today.Add(-time.Hour): Green, today.AddDate(-3, 0, 0): Green,
	} {
		f := wellFacts()
		f.Answer, f.Connector.CheckedAt = nil, at
		found := Examine(f, Examination{})
		if got := found.Lights().Connection; got != want {
			t.Errorf("at %s the light is %s, want %s", at, got, want)
		}
		f = wellFacts()
		if f.Connector.CheckedAt = at; slices.ContainsFunc(Examine(f, Examination{}).Findings, func(one Finding) bool { return one.lamp == ConnectionLamp && one.colour != "" }) {
			t.Errorf("at %s, asked just now, the connection is not well", at)
		}
	}
}
