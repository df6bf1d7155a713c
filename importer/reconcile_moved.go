package importer

import (
	"errors"
	"iter"
)

// before is what the last run knew of a record: what it read, what was imported
// last, which is something else where it left the row alone, and how the row may
// deviate.
type before struct {
	read, imported Record
	edited, left   bool
	unknown        bool // neither is known
}

func known(was *joined[Record, Deviation]) (b before) {
	if was == nil {
		return b
	}
	b.read, b.imported = was.leftOr(), was.leftOr()
	if d := was.right; d != nil {
		b.edited, b.left = d.Edited && !d.Found, d.Left
		if d.Left {
			b.imported = d.Imported
		}
	}
	return b
}

// hold takes from both sides what the last run did not hold yet: a row that nobody edited
// has there what was imported, and of one that is known for other differences the shop
// did not move.
func (b *before) hold(now *joined[Record, Row]) {
	if now.right == nil {
		return
	}
	if b.edited || b.left {
		b.read = b.read.keeping(now.leftOr(), b.read.unheld())
		return
	}
	b.read, b.imported = b.read.holding(now.right.Record), b.imported.holding(now.right.Record)
}

// whoMoved tells who changed a record since the last run. A row that is not what
// was imported, though nobody is known to have touched it, is our own fault.
func whoMoved(t *Table, now joined[Record, Row], was before) Moved {
	var row Record
	if now.right != nil {
		row = now.right.Record
	}
	shop := !sameOrNone(t, now.leftOr(), was.read)
	store := !sameOrNone(t, row, was.imported)
	if was.left && was.imported == nil {
		store = was.edited // what was imported into the row is not known
	}
	switch {
	case was.unknown && was.edited:
		return ByStore
	case was.unknown:
		return ByShop // of the row nothing is known that would say otherwise
	case store && !was.edited && !was.left:
		return ByNeither
	case shop && store:
		return ByBoth
	case shop:
		return ByShop
	case store || was.edited:
		return ByStore
	case was.left:
		return ByRejected
	}
	return ByNeither
}

func sameOrNone(t *Table, a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return t.Equal(a, b)
}

// joined is what two sequences have for one key; nil where one has nothing.
type joined[A, B any] struct {
	key   string
	left  *A
	right *B
}

func (j joined[A, B]) at() string { return j.key }

// leftOr is the left side, or the zero value.
func (j joined[A, B]) leftOr() (a A) {
	if j.left != nil {
		a = *j.left
	}
	return a
}

var errEnough = errors.New("enough")

// join marches through two sequences that are sorted by key and gives what they
// have for each key.
func join[A, B any](left iter.Seq2[A, error], right iter.Seq2[B, error], keyOfLeft func(A) string, keyOfRight func(B) string) iter.Seq2[joined[A, B], error] {
	return func(yield func(joined[A, B], error) bool) {
		err := pair(left, right, keyOfLeft, keyOfRight, func(key string, a *A, b *B) error {
			if !yield(joined[A, B]{key, a, b}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(joined[A, B]{}, err)
		}
	}
}

// recordsOf are the records of a snapshot that may not be there.
func recordsOf(s Snapshot, t *Table) iter.Seq2[Record, error] {
	if s == nil {
		return func(func(Record, error) bool) {}
	}
	return Records(s, t)
}
