package applying

import (
	"errors"
	"iter"
	"testing"
)

func TestBesideGivesTheSame(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 1, elementsAhead - 1, elementsAhead, elementsAhead + 1, 5 * elementsAhead} {
		for _, end := range []error{nil, broken} {
			for _, until := range []int{1, elementsAhead, elementsAhead + 3, 6 * elementsAhead} {
				asked := 0
				for one, err := range readAhead(numbered(n, end)) {
					if asked++; asked > n {
						if err != end || end == nil {
							t.Fatalf("%d of %d: %v", asked, n, err)
						}
					} else if err != nil || one != asked {
						t.Fatalf("%d of %d: %v %v", asked, n, one, err)
					}
					if asked == until {
						break
					}
				}
				given := n
				if end != nil {
					given++
				}
				if asked != min(given, until) {
					t.Errorf("%d elements of %d, until %d", asked, given, until)
				}
			}
		}
	}
}

// numbered gives the numbers from 1 to n, and then an error unless that is nil.
func numbered(n int, end error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := 1; i <= n; i++ {
			if !yield(i, nil) {
				return
			}
		}
		if end != nil {
			yield(0, end)
		}
	}
}
