package importer

import (
	"fmt"
	"iter"
	"testing"
)

func remarkSeq(remarks ...Remark) iter.Seq2[Remark, error] {
	return func(yield func(Remark, error) bool) {
		for _, r := range remarks {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func duplicates(ids ...int) (remarks []Remark) {
	for _, id := range ids {
		remarks = append(remarks, Remark{Code: WarnSKUDuplicate, Severity: Warning, Resource: "variants", ExternalID: fmt.Sprint(id)})
	}
	return remarks
}

func TestOnlyNewRemarksCount(t *testing.T) {
	known := append(duplicates(1, 2), Remark{Code: RejectValueInvalid, Severity: Rejected, Resource: "variants", ExternalID: "9"})
	baseline, err := NewBaseline(Run{WarningsBy: map[string]int{WarnSKUDuplicate: 2}, RejectedBy: map[string]int{RejectValueInvalid: 1}}, remarkSeq(known...))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		remarks []Remark
		want    map[string]int
	}{
		"the same":              {known, map[string]int{}},
		"fewer":                 {duplicates(2), map[string]int{}},
		"another record":        {duplicates(1, 2, 3, 4), map[string]int{WarnSKUDuplicate: 2}},
		"another code":          {[]Remark{{Code: WarnSKUMissing, Resource: "variants", ExternalID: "1"}}, map[string]int{WarnSKUMissing: 1}},
		"another resource":      {[]Remark{{Code: WarnSKUDuplicate, Resource: "products", ExternalID: "1"}}, map[string]int{WarnSKUDuplicate: 1}},
		"other words, the same": {[]Remark{{Code: WarnSKUDuplicate, Resource: "variants", ExternalID: "1", Message: "told in another way"}}, map[string]int{}},
	} {
		by := map[string]int{}
		for _, r := range c.remarks {
			by[r.Code]++
		}
		fresh, err := baseline.NewRemarks(remarkSeq(c.remarks...), by)
		if err != nil || len(fresh) != len(c.want) {
			t.Errorf("%s: %v, %v", name, fresh, err)
		}
		for code, n := range c.want {
			if fresh[code].Count != n {
				t.Errorf("%s: %d new %s, want %d", name, fresh[code].Count, code, n)
			}
		}
	}
}

// Remarks beyond those that are kept are compared by their number.
func TestRemarksBeyondThoseKept(t *testing.T) {
	of := func(n int) map[string]int { return map[string]int{WarnSKUDuplicate: n} }
	baseline, err := NewBaseline(Run{WarningsBy: of(500)}, remarkSeq(duplicates(1, 2)...))
	if err != nil || baseline.RemarksLost() {
		t.Fatal(baseline, err)
	}
	for n, want := range map[int]int{2: 0, 500: 0, 400: 0, 503: 3} {
		fresh, err := baseline.NewRemarks(remarkSeq(duplicates(1, 2)...), of(n))
		if err != nil || fresh[WarnSKUDuplicate].Count != want {
			t.Errorf("%d: %v, want %d (%v)", n, fresh, want, err)
		}
	}
	if lost, _ := NewBaseline(Run{WarningsBy: of(5)}, remarkSeq()); !lost.RemarksLost() {
		t.Error("a baseline without what it needs is used")
	}
}
