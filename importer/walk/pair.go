package walk

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// PairKeys walks through two sequences that are sorted by key, without repeated keys, and
// calls visit for each key that either has; the side that lacks it is nil.
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

// Couple is what two sequences have for one key; a side that lacks it is nil.
type Couple[A, B any] struct {
	key   string
	Left  *A
	Right *B
}

// Key returns the key of both sides.
func (j Couple[A, B]) Key() string { return j.key }

// LeftOr returns the left side, or the zero value if there is none.
func (j Couple[A, B]) LeftOr() (a A) {
	if j.Left != nil {
		a = *j.Left
	}
	return a
}

var errEnough = errors.New("enough")

// JoinKeys is PairKeys as a sequence.
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

// RecordsOf is importer.RecordsOf for a snapshot that may be nil.
func RecordsOf(s importer.Snapshot, t *importer.Table) iter.Seq2[importer.Record, error] {
	if s == nil {
		return func(func(importer.Record, error) bool) {}
	}
	return importer.RecordsOf(s, t)
}
