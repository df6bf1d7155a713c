package importer

import (
	"encoding/json"
	"strings"
	"testing"
)

// The JSON of a tally is a contract with scripts: all tables, in import order. A table
// of another program is passed over.
func TestATallyNamesEachTable(t *testing.T) {
	tally := TallyOf(map[*Table]Counts{Products: {Read: 2, Created: 2}, Stock: {Read: 1, Rejected: 1}})
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

// A tally is a value: what is counted in a copy is not counted in it.
func TestCopiesOfATallyShareNothing(t *testing.T) {
	tally := TallyOf(map[*Table]Counts{Stock: {Created: 1}})
	other := tally
	other.Of(Stock).Created++
	other.Of(Media).Rejected++
	if tally.Writes() != 1 || tally.Rejected() != 0 || other.Writes() != 2 || other.Rejected() != 1 {
		t.Errorf("%+v and its copy %+v", tally, other)
	}
}
