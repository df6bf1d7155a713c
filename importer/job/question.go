package job

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// Question is what an Operator is asked.
type Question interface{ question() }

// WritePlan asks whether a plan is to be written into the catalogue.
type WritePlan struct {
	Plan    importer.Plan
	Preview importer.Run // the plan as a preview shows it
	Remarks iter.Seq2[importer.Remark, error]
}

// MergeWarehouses asks whether two warehouses are to be merged, which cannot be taken
// back.
type MergeWarehouses struct {
	Store string
	Plan  MergePlan
}

// PlaceBackup asks whether a backup is to take the place of what is kept.
type PlaceBackup struct{ Restoration Restoration }

func (WritePlan) question()       {}
func (MergeWarehouses) question() {}
func (PlaceBackup) question()     {}

// ErrNoAnswer means that nobody answered a question.
var ErrNoAnswer = errors.New("no answer")
