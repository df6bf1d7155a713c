package page

import (
	"iter"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// Run is a run as an HTML page to attach to a ticket: one file without scripts that loads
// nothing.
type Run struct {
	Run     importer.Run
	Remarks iter.Seq2[importer.Remark, error]
	// Changes gives the changes of a table; nil when none are kept.
	Changes func(*importer.Table) iter.Seq2[importer.Change, error]
	Name    func(importer.Change) string    // the name of a record
	Explain func(code string) (text string) // what a code means
	Stages  []Stage                         // in the order of time
	Version string                          // of the program
}

// Stage is a part of a run and how long it took.
type Stage struct {
	Name string
	Took time.Duration
}
