package staging

import (
	"strconv"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

func TestPartsMayComeBeforeTheirParents(t *testing.T) {
	r := newRoll(func(*importer.Table) int { return 3 })
	r.countPart(importer.Variants, "a")
	r.countPart(importer.Variants, "b")
	r.countPart(importer.Variants, "a")
	if of := r.tallies[importer.Variants]; !of.hasStrays() || of.isSettled() {
		t.Error("parts without a parent do not show")
	}
	r.enterParent(importer.Variants, "a", importer.String("2"))
	r.enterParent(importer.Variants, "b", importer.String("2"))
	r.enterParent(importer.Variants, "c", importer.None)
	if of := r.tallies[importer.Variants]; of.hasStrays() || of.isSettled() || !r.countOf(importer.Variants, "a").fitsAnnounced() || r.countOf(importer.Variants, "b").fitsAnnounced() {
		t.Errorf("counts: %+v", of.counts)
	}
	r.countPart(importer.Variants, "b")
	if !r.tallies[importer.Variants].isSettled() || !r.tallies[importer.Media].isSettled() || r.countOf(importer.Variants, "d").isEntered() {
		t.Error("what adds up does not")
	}
}

// A shop cannot fill the memory with parts of records that it does not have.
func TestRollIsBounded(t *testing.T) {
	r := newRoll(func(*importer.Table) int { return 10 })
	for i := range 5 * tooManyOff {
		r.countPart(importer.Memberships, strconv.Itoa(i))
	}
	for i := range 10 {
		r.enterParent(importer.Memberships, "c"+strconv.Itoa(i), importer.None)
	}
	of := r.tallies[importer.Memberships]
	if n := len(of.counts); n > 20+tooManyOff || !of.hasStrays() {
		t.Errorf("%d counts", n)
	}
	if missing := len(of.counts) - 10; missing < tooManyOff {
		t.Errorf("only %d missing parents are known", missing)
	}
}
