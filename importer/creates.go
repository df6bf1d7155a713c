package importer

import "iter"

// Creates finds the records that the creates of a plan make: they stand in the
// snapshot, which has the same order. Close it.
type Creates struct{ way *stretch }

// NewCreates begins at the first record of a table.
func NewCreates(s Snapshot, t *Table) (*Creates, error) {
	way, err := newStretch(s, t)
	return &Creates{way}, err
}

// Close ends the way through the snapshot.
func (c *Creates) Close() { c.way.stop() }

// Of gives the records that a change creates: none unless it is a Create. Changes
// are to be asked for in the order in which the plan has them.
func (c *Creates) Of(change Change) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if change.Action != Create {
			return
		}
		if err := c.way.seek(change.Key); err != nil {
			yield(nil, err)
			return
		}
		for range change.Records {
			record, err := c.way.take()
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}
