package walk

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// PairKeys marches through two sequences that are sorted by key and calls visit for
// each key that either has, with nil for the side that lacks it. Neither side
// may repeat a key.
func PairKeys[A, B any](left iter.Seq2[A, error], right iter.Seq2[B, error], keyOfLeft func(A) string, keyOfRight func(B) string,
	visit func(key string, a *A, b *B) error) error {
	nextRight, stopRight := iter.Pull2(right)
	defer stopRight()
	b, err, haveRight := nextRight()
	keyRight := ""
	if haveRight && err == nil {
		keyRight = keyOfRight(b)
	}
	advance := func() {
		if b, err, haveRight = nextRight(); haveRight && err == nil {
			keyRight = keyOfRight(b)
		}
	}
	for a, leftErr := range left {
		if leftErr != nil {
			return leftErr
		}
		key := keyOfLeft(a)
		for haveRight && err == nil && keyRight < key {
			if err := visit(keyRight, nil, &b); err != nil {
				return err
			}
			advance()
		}
		if err != nil {
			return err
		}
		if !haveRight || keyRight != key {
			if err := visit(key, &a, nil); err != nil {
				return err
			}
			continue
		}
		if err := visit(key, &a, &b); err != nil {
			return err
		}
		advance()
	}
	for ; haveRight; advance() {
		if err != nil {
			return err
		}
		if err := visit(keyRight, nil, &b); err != nil {
			return err
		}
	}
	return nil
}

// Couple is what two sequences have for one key; nil where one has nothing.
type Couple[A, B any] struct {
	key   string
	Left  *A
	Right *B
}

// Key is the key of both.
func (j Couple[A, B]) Key() string { return j.key }

// LeftOr is the left side, or the zero value.
func (j Couple[A, B]) LeftOr() (a A) {
	if j.Left != nil {
		a = *j.Left
	}
	return a
}

var errEnough = errors.New("enough")

// JoinKeys marches through two sequences that are sorted by key and gives what they
// have for each key.
func JoinKeys[A, B any](left iter.Seq2[A, error], right iter.Seq2[B, error], keyOfLeft func(A) string,
	keyOfRight func(B) string) iter.Seq2[Couple[A, B], error] {
	return func(yield func(Couple[A, B], error) bool) {
		err := PairKeys(left, right, keyOfLeft, keyOfRight, func(key string, a *A, b *B) error {
			if !yield(Couple[A, B]{key, a, b}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Couple[A, B]{}, err)
		}
	}
}

// RecordsOf are the records of a snapshot that may not be there.
func RecordsOf(s importer.Snapshot, t *importer.Table) iter.Seq2[importer.Record, error] {
	if s == nil {
		return func(func(importer.Record, error) bool) {}
	}
	return importer.RecordsOf(s, t)
}
