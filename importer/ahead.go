package importer

import "iter"

const recordsAhead = 256

// ahead finds the records of a table in a goroutine of its own, some before they
// are asked for.
func ahead(t *Table, records iter.Seq2[found, error]) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		batches, stop := make(chan *batch), make(chan struct{})
		go send(t, records, batches, stop)
		defer func() {
			close(stop)
			for range batches { // until nothing more is found
			}
		}()
		for some := range batches {
			for _, one := range some.found {
				if !yield(one, nil) {
					return
				}
			}
			if some.err != nil {
				yield(found{}, some.err)
				return
			}
		}
	}
}

// send sends records in two batches by turns: when one is taken, the other is not
// used any more.
func send(t *Table, records iter.Seq2[found, error], to chan<- *batch, stop <-chan struct{}) {
	defer close(to)
	filling, used := newBatch(t), newBatch(t)
	for one, err := range records {
		if filling.add(one, err); err == nil && len(filling.found) < recordsAhead {
			continue
		}
		select {
		case to <- filling:
		case <-stop:
			return
		}
		filling, used = used.emptied(), filling
	}
	select {
	case to <- filling:
	case <-stop:
	}
}

// batch are some records, and the error behind them.
type batch struct {
	table  *Table
	values Record // of all
	found  []found
	err    error
}

func newBatch(t *Table) *batch {
	return &batch{table: t, values: make(Record, 0, recordsAhead*t.Width()), found: make([]found, 0, recordsAhead)}
}

func (b *batch) add(one found, err error) {
	if b.err = err; err != nil {
		return
	}
	from := len(b.values)
	b.values = append(b.values, one.whole...)
	b.found = append(b.found, b.table.found(b.values[from:], one.sequence))
}

func (b *batch) emptied() *batch {
	b.values, b.found, b.err = b.values[:0], b.found[:0], nil
	return b
}

// beside goes through a sequence in a goroutine of its own, some elements ahead.
func beside[T any](of iter.Seq2[T, error]) iter.Seq2[T, error] {
	type some struct {
		all []T
		err error
	}
	return func(yield func(T, error) bool) {
		batches, stop := make(chan some, 1), make(chan struct{})
		go func() {
			defer close(batches)
			var next some
			send := func() bool {
				select {
				case batches <- next:
					next = some{}
					return true
				case <-stop:
					return false
				}
			}
			for one, err := range of {
				if next.err = err; err != nil {
					break
				}
				if next.all = append(next.all, one); len(next.all) == recordsAhead && !send() {
					return
				}
			}
			send()
		}()
		defer func() {
			close(stop)
			for range batches { // until it has ended
			}
		}()
		for batch := range batches {
			for _, one := range batch.all {
				if !yield(one, nil) {
					return
				}
			}
			if batch.err != nil {
				var none T
				yield(none, batch.err)
				return
			}
		}
	}
}
