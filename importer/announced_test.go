package importer

import (
	"strconv"
	"testing"
)

func TestPartsMayComeBeforeTheirParents(t *testing.T) {
	r := newRoll(func(*Table) int { return 3 })
	r.part(Variants, "a")
	r.part(Variants, "b")
	r.part(Variants, "a")
	if of := r.tallies[Variants]; !of.strayed() || of.settled() {
		t.Error("parts without a parent do not show")
	}
	r.parent(Variants, "a", String("2"))
	r.parent(Variants, "b", String("2"))
	r.parent(Variants, "c", None)
	if of := r.tallies[Variants]; of.strayed() || of.settled() || !r.of(Variants, "a").fits() || r.of(Variants, "b").fits() {
		t.Errorf("counts: %+v", of.counts)
	}
	r.part(Variants, "b")
	if !r.tallies[Variants].settled() || !r.tallies[Media].settled() || r.of(Variants, "d").entered() {
		t.Error("what adds up does not")
	}
}

// A shop cannot fill the memory with parts of records that it does not have.
func TestRollIsBounded(t *testing.T) {
	r := newRoll(func(*Table) int { return 10 })
	for i := range 5 * tooManyOff {
		r.part(Memberships, strconv.Itoa(i))
	}
	for i := range 10 {
		r.parent(Memberships, "c"+strconv.Itoa(i), None)
	}
	of := r.tallies[Memberships]
	if n := len(of.counts); n > 20+tooManyOff || !of.strayed() {
		t.Errorf("%d counts", n)
	}
	if missing := len(of.counts) - 10; missing < tooManyOff {
		t.Errorf("only %d missing parents are known", missing)
	}
}
