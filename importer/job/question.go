package job

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// Question is what an Operator is asked.
type Question interface{ isQuestion() }

// WriteQuestion asks whether to write a plan into the catalogue.
type WriteQuestion struct {
	Plan    importer.Plan
	Preview importer.Run // the plan as a preview shows it
	Remarks iter.Seq2[importer.Remark, error]
}

// MergeQuestion asks whether to merge two warehouses, which cannot be undone.
type MergeQuestion struct {
	Store string
	Plan  MergePlan
}

// RestoreQuestion asks whether a backup is to replace the present state.
type RestoreQuestion struct{ Restoration Restoration }

func (WriteQuestion) isQuestion()   {}
func (MergeQuestion) isQuestion()   {}
func (RestoreQuestion) isQuestion() {}

// ErrNoAnswer means that nobody answered a question.
var ErrNoAnswer = errors.New("no answer")
