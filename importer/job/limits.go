package job

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// Limits say what stops a plan from being applied.
type Limits struct {
	Guards     planning.Guards
	NewAccount bool // the operator wants another shop's catalogue
	AnyMissing bool // Guards.Missing is the default
	FailOn     FailOn
}

// mostMissing is the default for how many records may go missing.
var mostMissing = planning.Limit{Set: true, N: 50, Percent: true}

// UsualLimits returns the default limits.
func UsualLimits() Limits {
	return Limits{Guards: planning.Guards{Missing: mostMissing}, AnyMissing: true}
}

// checkPlan returns an error if a guard stops the plan, or if it is a takeover that nobody
// asked for.
func (l Limits) checkPlan(plan importer.Plan) error {
	if err := planning.CheckTakeover(&plan, l.NewAccount); err != nil {
		return err
	}
	guards := l.Guards
	if plan.Takeover != nil && l.AnyMissing {
		guards.Missing = planning.Limit{} // all records of the old shop go missing in a takeover
	}
	return guards.Check(plan)
}

// StopOf returns what would stop an import of a plan under the default limits, nil if
// nothing would.
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
