package job

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
)

// Limits are what may stop a plan from being applied.
type Limits struct {
	Guards     importer.Guards
	NewAccount bool // the catalogue of another shop is to be taken
	AnyMissing bool // nobody chose how many may go missing
	FailOn     FailOn
}

// mostMissing is how many records may go missing where nobody chose.
var mostMissing = importer.Limit{Set: true, N: 50, Percent: true}

// UsualLimits are those of a run for which nobody chose any.
func UsualLimits() Limits {
	return Limits{Guards: importer.Guards{Missing: mostMissing}, AnyMissing: true}
}

// check holds a plan against what it would do: a takeover nobody meant, and guards.
func (l Limits) check(plan importer.Plan) error {
	if err := plan.CheckTakeover(l.NewAccount); err != nil {
		return err
	}
	guards := l.Guards
	if plan.Takeover != nil && l.AnyMissing {
		guards.Missing = importer.Limit{} // what the old shop left goes missing: that was asked for
	}
	return guards.Check(plan)
}

// StopOf is what would stop an import of a plan for which nobody chose limits, nil for
// nothing.
func StopOf(plan importer.Plan) *importer.Stop {
	err := UsualLimits().check(plan)
	var tripped *importer.TrippedError
	switch {
	case err != nil && plan.Takeover != nil:
		return &importer.Stop{Why: plan.Question(), Flags: []string{"--account-change"}}
	case errors.As(err, &tripped):
		return &importer.Stop{Why: tripped.Why, Flags: []string{tripped.Flag, "off"}}
	}
	return nil
}
