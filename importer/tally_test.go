package importer

import (
	"encoding/json"
	"strings"
	"testing"
)

// The JSON of a tally is a contract with scripts: all tables, in import order. A table
// of another program is passed over.
func TestATallyNamesEachTable(t *testing.T) {
	tally := tallyOf(map[*Table]Counts{Products: {Read: 2, Created: 2}, Stock: {Read: 1, Rejected: 1}})
	text, err := json.Marshal(tally)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, table := range Tables() {
		next := strings.Index(string(text), `"`+table.Name+`":{"read":`)
		if next < at {
			t.Errorf("%s does not stand in its place in %s", table.Name, text)
		}
		at = next
	}
	var back Tally
	if err := json.Unmarshal([]byte(strings.Replace(string(text), "{", `{"gift_cards":{"read":3},`, 1)), &back); err != nil || back != tally {
		t.Errorf("%+v comes back as %+v, %v", tally, back, err)
	}
}

// A run that an older program counted says nothing of a table that came later: it is not
// looked at, which is not the same as empty.
func TestATableThatCameLaterWasNotCounted(t *testing.T) {
	const older = `{"products":{"read":2,"created":2,"updated":0,"unchanged":0,"skipped":0,"rejected":0,"missing":0,"archived":0,"removed":0,"drifted":0}}`
	var run Run
	if err := json.Unmarshal([]byte(older), &run.Counts); err != nil {
		t.Fatal(err)
	}
	if !run.LookedAt(Products) || run.LookedAt(Stock) || run.Counts.IsEmpty() {
		t.Errorf("looked at products: %t, at stock: %t", run.LookedAt(Products), run.LookedAt(Stock))
	}
	if text, err := json.Marshal(run.Counts); err != nil || strings.Contains(string(text), "stock") || !strings.HasPrefix(string(text), `{"products":{"read":2,`) {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte("{}"), &run.Counts); err != nil || !run.LookedAt(Stock) || !run.Counts.IsEmpty() {
		t.Errorf("nothing was counted yet: %+v, %v", run.Counts, err)
	}
}

// A tally is a value: what is counted in a copy is not counted in it.
func TestCopiesOfATallyShareNothing(t *testing.T) {
	tally := tallyOf(map[*Table]Counts{Stock: {Created: 1}})
	other := tally
	other.Of(Stock).Created++
	other.Of(Media).Rejected++
	if tally.RowWrites() != 1 || tally.RejectedRecords() != 0 || other.RowWrites() != 2 || other.RejectedRecords() != 1 {
		t.Errorf("%+v and its copy %+v", tally, other)
	}
}
