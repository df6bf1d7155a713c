package job

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// Limits are what may stop a plan from being applied.
type Limits struct {
	Guards     planning.Guards
	NewAccount bool // the catalogue of another shop is to be taken
	AnyMissing bool // nobody chose how many may go missing
	FailOn     FailOn
}

// mostMissing is how many records may go missing where nobody chose.
var mostMissing = planning.Limit{Set: true, N: 50, Percent: true}

// UsualLimits are those of a run for which nobody chose any.
func UsualLimits() Limits {
	return Limits{Guards: planning.Guards{Missing: mostMissing}, AnyMissing: true}
}

// checkPlan holds a plan against what it would do: a takeover nobody meant, and guards.
func (l Limits) checkPlan(plan importer.Plan) error {
	if err := planning.CheckTakeover(&plan, l.NewAccount); err != nil {
		return err
	}
	guards := l.Guards
	if plan.Takeover != nil && l.AnyMissing {
		guards.Missing = planning.Limit{} // what the old shop left goes missing: that was asked for
	}
	return guards.Check(plan)
}

// StopOf is what would stop an import of a plan for which nobody chose limits, nil for
// nothing.
func StopOf(plan importer.Plan) *importer.Stop {
	err := UsualLimits().checkPlan(plan)
	var tripped *planning.TrippedError
	switch {
	case err != nil && plan.Takeover != nil:
		return &importer.Stop{Why: plan.TakeoverQuestion(), Flags: []string{"--account-change"}}
	case errors.As(err, &tripped):
		return &importer.Stop{Why: tripped.Why, Flags: []string{tripped.Flag, "off"}}
	}
	return nil
}
