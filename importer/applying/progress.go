package applying

import (
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// progress reports how far the writing is.
type progress struct {
	report      importer.Reporter
	done, total int
}

// countStep counts a step. It reports every 256th and the last.
func (p *progress) countStep() {
	p.done++
	if p.done%256 == 0 || p.done == p.total {
		p.report.Applying(p.done, p.total)
	}
}

// countRecords counts each record as a step.
func (p *progress) countRecords(records iter.Seq2[importer.Record, error]) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for record, err := range records {
			p.countStep()
			if !yield(record, err) {
				return
			}
		}
	}
}
