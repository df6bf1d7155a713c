package importer

import "iter"

// Baseline holds the remarks of one run, so that those of another can be compared with
// them. The zero Baseline holds none.
type Baseline struct {
	known  map[remarkID]bool
	counts map[string]int // all of a code, kept or not
	kept   map[string]int
	unread map[string]bool // tables that the run did not look at; nil where those count too
}

// remarkID identifies a remark across runs: two remarks with the same remarkID are the same
// remark.
type remarkID struct{ code, resource, externalID string }

// FreshRemarks counts the remarks of one code that a Baseline does not hold, and has the
// first few of them as samples.
type FreshRemarks struct {
	Count   int      `json:"count"`
	Samples []Remark `json:"samples"`
}

// samplesKept is the largest number of Samples in a FreshRemarks.
const samplesKept = 3

// NewBaseline returns a baseline of the remarks of run. The counts of run may be larger
// than the number of remarks, because only RemarksKept of each code are stored.
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

// RemarksLost reports whether the run made remarks of which none is stored any more.
func (b *Baseline) RemarksLost() bool { return len(b.counts) > 0 && len(b.known) == 0 }

// ForTablesOf returns a baseline for which remarks on tables that run did not read are
// never new: nobody knows what run would have remarked on them.
func (b Baseline) ForTablesOf(run Run) Baseline {
	b.unread = map[string]bool{}
	for _, t := range Tables() {
		b.unread[t.Name] = !run.LookedAt(t)
	}
	return b
}

// couldNotTell reports whether the run of the baseline did not read the tables that the
// remark depends on.
func (b *Baseline) couldNotTell(r Remark) bool {
	return b.unread[r.Resource] || r.Code == WarnProductNoCategory && b.unread[Categories.Name]
}

// NewRemarks counts by code the remarks that the baseline does not hold. The maps in by
// have the exact numbers of remarks by code. Of the remarks that were counted and not
// stored nobody knows whether they are new: as many of them count as known as there are in
// the baseline.
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

// MoreRemarks counts by code how many remarks this run had more than another run. It has no
// samples.
func (b *Baseline) MoreRemarks(than Baseline) map[string]FreshRemarks {
	more := map[string]FreshRemarks{}
	for code, n := range b.counts {
		if n > than.counts[code] {
			more[code] = FreshRemarks{Count: n - than.counts[code]}
		}
	}
	return more
}
