package importer

import "iter"

// Baseline is the remarks of a run that count as known. The zero Baseline knows
// none.
type Baseline struct {
	known  map[remarkID]bool
	counts map[string]int // all of a code, kept or not
	kept   map[string]int
	unread map[string]bool // tables that the run did not look at; nil where those count too
}

// remarkID is what makes two remarks the same one.
type remarkID struct{ code, resource, externalID string }

// FreshRemarks is how many remarks of one code are not known, and the first of them.
type FreshRemarks struct {
	Count   int      `json:"count"`
	Samples []Remark `json:"samples"`
}

// samplesKept is how many remarks of one code are shown as samples.
const samplesKept = 3

// NewBaseline takes the remarks of a run as known.
func NewBaseline(run Run, remarks iter.Seq2[Remark, error]) (Baseline, error) {
	b := Baseline{known: map[remarkID]bool{}, counts: map[string]int{}, kept: map[string]int{}}
	for _, by := range []map[string]int{run.WarningsBy, run.RejectedBy} {
		for code, n := range by {
			b.counts[code] += n
		}
	}
	for r, err := range remarks {
		if err != nil {
			return Baseline{}, err
		}
		b.known[remarkID{r.Code, r.Resource, r.ExternalID}] = true
		b.kept[r.Code]++
	}
	return b, nil
}

// RemarksLost reports whether the run had remarks of which none is kept.
func (b *Baseline) RemarksLost() bool { return len(b.counts) > 0 && len(b.known) == 0 }

// ForTablesOf leaves out of New what is remarked about tables that the run did not look
// at: nobody knows what it would have remarked there.
func (b Baseline) ForTablesOf(run Run) Baseline {
	b.unread = map[string]bool{}
	for _, t := range Tables() {
		b.unread[t.Name] = !run.LookedAt(t)
	}
	return b
}

// couldNotTell reports whether the run did not look at what a remark follows from.
func (b *Baseline) couldNotTell(r Remark) bool {
	return b.unread[r.Resource] || r.Code == WarnProductNoCategory && b.unread[Categories.Name]
}

// NewRemarks counts the remarks that are not known, by code; by are their exact numbers. Those beyond
// what is kept of a code can only be counted: as many count as known as the
// baseline had beyond what it kept.
func (b *Baseline) NewRemarks(remarks iter.Seq2[Remark, error], by ...map[string]int) (map[string]FreshRemarks, error) {
	fresh, kept := map[string]FreshRemarks{}, map[string]int{}
	for r, err := range remarks {
		if err != nil {
			return nil, err
		}
		kept[r.Code]++
		if b.known[remarkID{r.Code, r.Resource, r.ExternalID}] || b.couldNotTell(r) {
			continue
		}
		of := fresh[r.Code]
		if of.Count++; of.Count <= samplesKept {
			of.Samples = append(of.Samples, r)
		}
		fresh[r.Code] = of
	}
	for _, counts := range by {
		for code, n := range counts {
			if beyond := (n - kept[code]) - (b.counts[code] - b.kept[code]); beyond > 0 {
				of := fresh[code]
				of.Count += beyond
				fresh[code] = of
			}
		}
	}
	return fresh, nil
}

// MoreRemarks counts by how many remarks of each code this run had more than another.
func (b *Baseline) MoreRemarks(than Baseline) map[string]FreshRemarks {
	more := map[string]FreshRemarks{}
	for code, n := range b.counts {
		if n > than.counts[code] {
			more[code] = FreshRemarks{Count: n - than.counts[code]}
		}
	}
	return more
}
