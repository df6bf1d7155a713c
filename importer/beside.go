package importer

import "iter"

const recordsAhead = 256

// some are elements of a sequence, and the error behind them.
type some[T any] struct {
	all []T
	err error
}

// sent goes through what a goroutine of its own sends, some before it is asked for.
// It sends as long as send reports true.
func sent[T any](sending func(send func(some[T]) bool)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		batches, stop := make(chan some[T]), make(chan struct{})
		go func() {
			defer close(batches)
			sending(func(s some[T]) bool {
				select {
				case batches <- s:
					return true
				case <-stop:
					return false
				}
			})
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

// beside goes through a sequence in a goroutine of its own, some elements ahead.
func beside[T any](of iter.Seq2[T, error]) iter.Seq2[T, error] {
	return sent(func(send func(some[T]) bool) {
		var next some[T]
		for one, err := range of {
			if next.err = err; err != nil {
				break
			}
			if next.all = append(next.all, one); len(next.all) < recordsAhead {
				continue
			}
			if !send(next) {
				return
			}
			next = some[T]{}
		}
		send(next)
	})
}

// ahead is beside for records of a table, which only are valid until the next one:
// they are sent in two batches by turns, and when one is taken, the other is not used
// any more.
func ahead(t *Table, records iter.Seq2[found, error]) iter.Seq2[found, error] {
	return sent(func(send func(some[found]) bool) {
		filling, used := newBatch(t), newBatch(t)
		for one, err := range records {
			if filling.add(one, err); err == nil && len(filling.all) < recordsAhead {
				continue
			}
			if !send(filling.some) {
				return
			}
			filling, used = used.emptied(), filling
		}
		send(filling.some)
	})
}

// batch are some records whose values stand in the memory of the batch.
type batch struct {
	some[found]
	table  *Table
	values Record // of all
}

func newBatch(t *Table) *batch {
	return &batch{some: some[found]{all: make([]found, 0, recordsAhead)}, table: t, values: make(Record, 0, recordsAhead*t.width())}
}

func (b *batch) add(one found, err error) {
	if b.err = err; err != nil {
		return
	}
	from := len(b.values)
	b.values = append(b.values, one.whole...)
	b.all = append(b.all, b.table.found(b.values[from:], one.sequence))
}

func (b *batch) emptied() *batch {
	b.values, b.all, b.err = b.values[:0], b.all[:0], nil
	return b
}
