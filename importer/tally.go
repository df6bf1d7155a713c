package importer

import (
	"encoding/json"
	"slices"
)

// Tally holds the counts of each table of the catalogue. It is a value: copies share
// nothing.
type Tally struct {
	counts [mostTables]Counts // by the table's place in the catalogue
}

// mostTables is how many tables a tally has room for.
const mostTables = 16

// TallyOf is a tally with these counts.
func TallyOf(counts map[*Table]Counts) (y Tally) {
	for t, of := range counts {
		*y.Of(t) = of
	}
	return y
}

// Of returns the counts of t, to read or to change.
func (y *Tally) Of(t *Table) *Counts { return &y.counts[slices.Index(catalogue, t)] }

// MarshalJSON writes the counts of all tables under their names, in import order.
func (y Tally) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, t := range catalogue {
		if i > 0 {
			text = append(text, ',')
		}
		counts, err := json.Marshal(y.counts[i])
		if err != nil {
			return nil, err
		}
		text = append(appendQuoted(text, t.Name), ':')
		text = append(text, counts...)
	}
	return append(text, '}'), nil
}

// UnmarshalJSON reads the counts of all tables that this program has.
func (y *Tally) UnmarshalJSON(text []byte) error {
	var counts map[string]Counts
	if err := json.Unmarshal(text, &counts); err != nil {
		return err
	}
	*y = Tally{}
	for i, t := range catalogue {
		y.counts[i] = counts[t.Name]
	}
	return nil
}

// Writes is how many rows all counted changes touch.
func (y *Tally) Writes() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].Writes()
	}
	return total
}

// Rejected is how many records of all tables were rejected.
func (y *Tally) Rejected() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].Rejected
	}
	return total
}
