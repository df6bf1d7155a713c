package importer

import "iter"

// pair marches through two sequences that are sorted by key and calls visit for
// each key that either has, with nil for the side that lacks it. Neither side
// may repeat a key.
func pair[A, B any](left iter.Seq2[A, error], right iter.Seq2[B, error], keyOfLeft func(A) string, keyOfRight func(B) string,
	visit func(key string, a *A, b *B) error) error {
	nextLeft, stopLeft := iter.Pull2(left)
	defer stopLeft()
	nextRight, stopRight := iter.Pull2(right)
	defer stopRight()

	a, leftErr, haveLeft := nextLeft()
	b, rightErr, haveRight := nextRight()
	for haveLeft || haveRight {
		if leftErr != nil {
			return leftErr
		}
		if rightErr != nil {
			return rightErr
		}
		var err error
		switch {
		case !haveRight || haveLeft && keyOfLeft(a) < keyOfRight(b):
			err = visit(keyOfLeft(a), &a, nil)
			a, leftErr, haveLeft = nextLeft()
		case !haveLeft || keyOfRight(b) < keyOfLeft(a):
			err = visit(keyOfRight(b), nil, &b)
			b, rightErr, haveRight = nextRight()
		default:
			err = visit(keyOfLeft(a), &a, &b)
			a, leftErr, haveLeft = nextLeft()
			b, rightErr, haveRight = nextRight()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
