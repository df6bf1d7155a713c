package importer

import (
	"encoding/json"
	"slices"
)

// Tally holds the counts of each table of the catalogue. It is a value: copies share
// nothing.
type Tally struct {
	counts [mostTables]Counts // by the table's place in the catalogue
	lacks  [mostTables]bool   // whether the program that counted did not have the table yet
}

// mostTables is how many tables a tally has room for.
const mostTables = 16

// Of returns the counts of t, to read or to change.
func (y *Tally) Of(t *Table) *Counts { return &y.counts[slices.Index(catalogue, t)] }

// IsEmpty reports whether nothing was counted.
func (y *Tally) IsEmpty() bool { return y.counts == [mostTables]Counts{} }

// LacksTable reports whether nobody counted a table, because the program that did the rest
// was older than the table.
func (y *Tally) LacksTable(t *Table) bool { return y.lacks[slices.Index(catalogue, t)] }

// MarshalJSON writes the counts of all tables that were counted under their names, in
// import order.
func (y Tally) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, t := range catalogue {
		if y.lacks[i] {
			continue
		}
		if len(text) > 1 {
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
		of, counted := counts[t.Name]
		y.counts[i], y.lacks[i] = of, !counted && len(counts) > 0
	}
	return nil
}

// RowWrites is how many rows all counted changes touch.
func (y *Tally) RowWrites() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].RowWrites()
	}
	return total
}

// RejectedRecords is how many records of all tables were rejected.
func (y *Tally) RejectedRecords() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].Rejected
	}
	return total
}

// Counts accounts for the records of one table in one run. In a preview the
// numbers say what would happen. Read is the sum of the five that follow it.
type Counts struct {
	Read      int `json:"read"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Skipped   int `json:"skipped"`
	Rejected  int `json:"rejected"`
	Missing   int `json:"missing"`          // newly vanished from the shop, kept
	Removed   int `json:"removed"`          // parts of a record that follow the shop
	Archived  int `json:"archived"`         // of the missing
	Drifted   int `json:"drifted"`          // edited here since the last import
	Filled    int `json:"filled"`           // of the updated, those in which only columns changed that the state did not hold before
	Mended    int `json:"mended,omitempty"` // not read; what they referred to went
}

// IsBalanced reports whether no record was lost.
func (c Counts) IsBalanced() bool {
	return c.Read == c.Created+c.Updated+c.Unchanged+c.Skipped+c.Rejected
}

// RowWrites is how many rows the counted changes touch.
func (c Counts) RowWrites() int {
	return c.Created + c.Updated + c.Missing + c.Removed + c.Archived + c.Mended
}
