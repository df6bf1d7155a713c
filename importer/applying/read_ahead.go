package applying

import "iter"

const elementsAhead = 256

// portion is some elements of a sequence, and the error after them.
type portion[T any] struct {
	all []T
	err error
}

// readAhead runs a sequence in a goroutine of its own, up to a portion ahead of the caller.
// The sequence must not reuse the memory of its elements.
func readAhead[T any](of iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		batches, stop := make(chan portion[T]), make(chan struct{})
		go func() {
			defer close(batches)
			sendAll(of, func(b portion[T]) bool {
				select {
				case batches <- b:
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
		for b := range batches {
			for _, one := range b.all {
				if !yield(one, nil) {
					return
				}
			}
			if b.err != nil {
				var none T
				yield(none, b.err)
				return
			}
		}
	}
}

// sendAll sends a sequence in portions, as long as send returns true.
func sendAll[T any](of iter.Seq2[T, error], send func(portion[T]) bool) {
	var next portion[T]
	for one, err := range of {
		if next.err = err; err != nil {
			break
		}
		if next.all = append(next.all, one); len(next.all) < elementsAhead {
			continue
		}
		if !send(next) {
			return
		}
		next = portion[T]{}
	}
	send(next)
}
