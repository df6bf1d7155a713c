package staging

import (
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// pile is a Sorter that keeps entries as they come, up to some.
type pile struct {
	entries []importer.Entry
	room    int
}

var errFull = errors.New("there is no room")

func (p *pile) PutEntry(key, payload []byte) error {
	if len(p.entries) == p.room {
		return errFull
	}
	p.entries = append(p.entries, importer.Entry{Key: append([]byte(nil), key...), Payload: append([]byte(nil), payload...)})
	return nil
}

func (p *pile) SortedEntries() iter.Seq2[importer.Entry, error] {
	return func(yield func(importer.Entry, error) bool) {
		for _, entry := range p.entries {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

func (p *pile) Close() error { return nil }

func assemblyWith(room int) *Assembly {
	return NewAssembly(func() importer.Sorter { return &pile{room: room} }, nil, nil)
}

func putMembers(a *Assembly, n int) error {
	for i := range n {
		if err := a.PutMembership(importer.Membership{CategoryID: "c", ProductID: fmt.Sprintf("p%05d", i)}); err != nil {
			return err
		}
	}
	return nil
}

func TestAllThatIsPutIsFound(t *testing.T) {
	for _, n := range []int{0, 1, loadRecords - 1, loadRecords, loadRecords + 1, 5*loadRecords + 7} {
		a := assemblyWith(1 << 20)
		for range 2 { // nothing is left of what was put before
			if err := errors.Join(a.RestartTable(importer.Memberships), putMembers(a, n), a.intakes.sortRest()); err != nil {
				t.Fatal(err)
			}
		}
		found := 0
		for one, err := range a.intakes.finalRecords(importer.Memberships) {
			if want := fmt.Sprintf("p%05d", found); err != nil || one.record[1].Text() != want {
				t.Fatalf("%d of %d: %v, %v", found, n, one.record, err)
			}
			found++
		}
		if found != n || a.intakes.mostOf(importer.Memberships) != n {
			t.Errorf("%d of %d, %d came", found, n, a.intakes.mostOf(importer.Memberships))
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatCannotBeSortedIsTold(t *testing.T) {
	a := assemblyWith(loadRecords / 2)
	if err := putMembers(a, 20*loadRecords); !errors.Is(err, errFull) {
		t.Errorf("while records are put: %v", err)
	}
	if err := a.intakes.sortRest(); !errors.Is(err, errFull) {
		t.Errorf("in the end: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	few := assemblyWith(1)
	if err := putMembers(few, 2); err != nil {
		t.Error(err)
	}
	if err := few.intakes.sortRest(); !errors.Is(err, errFull) {
		t.Errorf("of a few records: %v", err)
	}
}
