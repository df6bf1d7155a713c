package importer

import (
	"encoding/json"
	"slices"
)

// Tally holds the counts of each table. It is a value: copies share nothing.
type Tally struct {
	counts [mostTables]Counts // by the table's place in the catalogue
	lacks  [mostTables]bool   // the program that counted did not know the table yet
}

// mostTables is the number of tables for which a Tally has room.
const mostTables = 16

// Of returns the counts of t, to read or to change.
func (y *Tally) Of(t *Table) *Counts { return &y.counts[slices.Index(catalogue, t)] }

// IsEmpty reports whether nothing was counted.
func (y *Tally) IsEmpty() bool { return y.counts == [mostTables]Counts{} }

// LacksTable reports whether the tally was made by a program that did not know the table.
func (y *Tally) LacksTable(t *Table) bool { return y.lacks[slices.Index(catalogue, t)] }

// MarshalJSON encodes the counts under the names of their tables, in import order, without
// tables that were not counted.
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

// UnmarshalJSON decodes the counts of the tables that this program knows.
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

// RowWrites returns how many rows the counted changes write.
func (y *Tally) RowWrites() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].RowWrites()
	}
	return total
}

// RejectedRecords returns how many records of all tables were rejected.
func (y *Tally) RejectedRecords() int {
	total := 0
	for i := range y.counts {
		total += y.counts[i].Rejected
	}
	return total
}

// Counts accounts for the records of one table in one run. In a preview it says what would
// happen. Read is the sum of the five counts after it.
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
	Filled    int `json:"filled"`           // of the updated, those that only get values in columns that were not imported before
	Mended    int `json:"mended,omitempty"` // rows that lose references to records that are removed
}

// IsBalanced reports whether every record that was read is accounted for.
func (c Counts) IsBalanced() bool {
	return c.Read == c.Created+c.Updated+c.Unchanged+c.Skipped+c.Rejected
}

// RowWrites returns how many rows the counted changes write.
func (c Counts) RowWrites() int {
	return c.Created + c.Updated + c.Missing + c.Removed + c.Archived + c.Mended
}
