package importer

import (
	"errors"
	"iter"
	"testing"
)

func TestAheadGivesTheSameRecords(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 1, recordsAhead - 1, recordsAhead, recordsAhead + 1, 5 * recordsAhead} {
		for _, end := range []error{nil, broken} {
			for _, until := range []int{1, recordsAhead, recordsAhead + 3, 6 * recordsAhead} {
				asked := 0
				for one, err := range ahead(Memberships, numbered(n, end)) {
					if asked++; asked > n {
						if err != end || end == nil {
							t.Fatalf("%d of %d: %v", asked, n, err)
						}
					} else if err != nil || one.sequence != uint64(asked) || one.record[2].Int() != int64(asked) {
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
					t.Errorf("%d records of %d, until %d", asked, given, until)
				}
			}
		}
	}
}

// numbered gives n records in the memory of one, and then an error unless that is
// nil.
func numbered(n int, end error) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		values := make(Record, Memberships.width())
		for i := 1; i <= n; i++ {
			values[2] = Whole(int64(i))
			if !yield(Memberships.found(values, uint64(i)), nil) {
				return
			}
		}
		if end != nil {
			yield(found{}, end)
		}
	}
}
