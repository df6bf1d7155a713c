package staging

import (
	"errors"
	"iter"
	"sync/atomic"

	"github.com/eshopos/eshopctl/importer"
)

// intakes are what was given of all tables, and the links between them.
type intakes struct {
	of        map[*importer.Table]*intake
	newSorter func() importer.Sorter
	sequence  atomic.Uint64 // of what was put last
	rereads   *rereads
}

func newIntakes(newSorter func() importer.Sorter, again *rereads) *intakes {
	i := &intakes{of: map[*importer.Table]*intake{}, newSorter: newSorter, rereads: again}
	for _, t := range given() {
		i.of[t] = newIntake(t, newSorter())
	}
	return i
}

// given are the tables that a source gives.
func given() (tables []*importer.Table) {
	for _, t := range importer.Tables() {
		tables = append(tables, t)
		if t.Links != nil {
			tables = append(tables, t.Links)
		}
	}
	return tables
}

// close frees what was sorted.
func (i *intakes) close() error {
	var failed error
	for _, in := range i.of {
		failed = errors.Join(failed, in.close())
	}
	return failed
}

// put takes a record of t, and what else was said about it behind its columns.
func (i *intakes) put(t *importer.Table, fill func(importer.Record) importer.Record) error {
	in := i.of[t]
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.put(fill, i.sequence.Add(1))
}

// settle waits until all that was put is sorted.
func (i *intakes) settle() error {
	for _, in := range i.of {
		if err := in.settle(); err != nil {
			return err
		}
	}
	return nil
}

// final gives the records of a table in key order: each key once, the last one put,
// without what was forgotten since.
func (i *intakes) final(t *importer.Table) iter.Seq2[arrival, error] {
	return func(yield func(arrival, error) bool) {
		one := candidate{table: t, values: make(importer.Record, t.Width())}
		have := false
		give := func() bool {
			f, err := one.found()
			if err == nil && i.rereads.passOver(t, f) {
				return true
			}
			return yield(f, err) && err == nil
		}
		for entry, err := range i.of[t].sorter.Sorted() {
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
			one.take(entry)
			have = true
		}
		if have {
			give()
		}
	}
}

// most is how many records of t there are, or fewer.
func (i *intakes) most(t *importer.Table) int { return i.of[t].came }
