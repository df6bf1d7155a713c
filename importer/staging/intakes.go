package staging

import (
	"errors"
	"iter"
	"sync/atomic"

	"github.com/eshopos/eshopctl/importer"
)

// intakes holds the intake of each table.
type intakes struct {
	of        map[*importer.Table]*intake
	newSorter func() importer.Sorter
	sequence  atomic.Uint64 // of the last record
	rereads   *rereads
}

func newIntakes(newSorter func() importer.Sorter, again *rereads) *intakes {
	i := &intakes{of: map[*importer.Table]*intake{}, newSorter: newSorter, rereads: again}
	for _, t := range givenTables() {
		i.of[t] = newIntake(t, newSorter())
	}
	return i
}

// givenTables returns the tables that a source gives: those of the catalogue and their
// links.
func givenTables() (tables []*importer.Table) {
	for _, t := range importer.Tables() {
		tables = append(tables, t)
		if t.Links != nil {
			tables = append(tables, t.Links)
		}
	}
	return tables
}

// close frees the sorters.
func (i *intakes) close() error {
	var failed error
	for _, in := range i.of {
		failed = errors.Join(failed, in.close())
	}
	return failed
}

// putRecord takes a record of t, which fill appends to its argument.
func (i *intakes) putRecord(t *importer.Table, fill func(importer.Record) importer.Record) error {
	in := i.of[t]
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.putRecord(fill, i.sequence.Add(1))
}

// sortRest waits until everything is sorted.
func (i *intakes) sortRest() error {
	for _, in := range i.of {
		if err := in.sortRest(); err != nil {
			return err
		}
	}
	return nil
}

// finalRecords yields the records of a table in key order: of each key the last one that
// was given, without those that were replaced since.
func (i *intakes) finalRecords(t *importer.Table) iter.Seq2[arrival, error] {
	return func(yield func(arrival, error) bool) {
		one := candidate{table: t, values: make(importer.Record, t.ValueCount())}
		have := false
		give := func() bool {
			f, err := one.asArrival()
			if err == nil && i.rereads.passOver(t, f) {
				return true
			}
			return yield(f, err) && err == nil
		}
		for entry, err := range i.of[t].sorter.SortedEntries() {
			if err != nil {
				yield(arrival{}, err)
				return
			}
			same := have && string(entry.Key) == one.key
			if same && sequenceOf(entry.Payload) < one.sequence {
				continue
			}
			if have && !same && !give() {
				return
			}
			one.takeEntry(entry)
			have = true
		}
		if have {
			give()
		}
	}
}

// mostOf returns how many records of t were given, counting repeated ones.
func (i *intakes) mostOf(t *importer.Table) int { return i.of[t].came }
