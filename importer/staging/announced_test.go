package staging

import (
	"strconv"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

func TestPartsMayComeBeforeTheirParents(t *testing.T) {
	r := newRoll(func(*importer.Table) int { return 3 })
	r.part(importer.Variants, "a")
	r.part(importer.Variants, "b")
	r.part(importer.Variants, "a")
	if of := r.tallies[importer.Variants]; !of.strayed() || of.settled() {
		t.Error("parts without a parent do not show")
	}
	r.parent(importer.Variants, "a", importer.String("2"))
	r.parent(importer.Variants, "b", importer.String("2"))
	r.parent(importer.Variants, "c", importer.None)
	if of := r.tallies[importer.Variants]; of.strayed() || of.settled() || !r.of(importer.Variants, "a").fits() || r.of(importer.Variants, "b").fits() {
		t.Errorf("counts: %+v", of.counts)
	}
	r.part(importer.Variants, "b")
	if !r.tallies[importer.Variants].settled() || !r.tallies[importer.Media].settled() || r.of(importer.Variants, "d").entered() {
		t.Error("what adds up does not")
	}
}

// A shop cannot fill the memory with parts of records that it does not have.
func TestRollIsBounded(t *testing.T) {
	r := newRoll(func(*importer.Table) int { return 10 })
	for i := range 5 * tooManyOff {
		r.part(importer.Memberships, strconv.Itoa(i))
	}
	for i := range 10 {
		r.parent(importer.Memberships, "c"+strconv.Itoa(i), importer.None)
	}
	of := r.tallies[importer.Memberships]
	if n := len(of.counts); n > 20+tooManyOff || !of.strayed() {
		t.Errorf("%d counts", n)
	}
	if missing := len(of.counts) - 10; missing < tooManyOff {
		t.Errorf("only %d missing parents are known", missing)
	}
}
