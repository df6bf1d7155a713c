package job

import (
	"context"
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

func (WritePlan) question() {}

// ErrNoAnswer means that nobody answered a question.
var ErrNoAnswer = errors.New("no answer")

// Yes is the Operator of a job that was agreed to beforehand.
type Yes struct{}

// Confirm agrees.
func (Yes) Confirm(context.Context, Question) error { return nil }
