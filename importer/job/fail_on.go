package job

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// FailOn says which remarks fail a run or preview. Without codes none does.
type FailOn struct {
	Codes    []string // or AnyCode
	Baseline string   // the run whose remarks are accepted, "" for none
	Accepted importer.Baseline
}

// AnyCode stands for all codes.
const AnyCode = "any"

// checkRemarks returns a fault if the plan has remarks with these codes that are not
// accepted.
func (f *FailOn) checkRemarks(plan importer.Plan, remarks iter.Seq2[importer.Remark, error]) error {
	if len(f.Codes) == 0 {
		return nil
	}
	fresh, err := f.Accepted.NewRemarks(remarks, plan.WarningsBy, plan.RejectedBy)
	if err != nil {
		return err
	}
	maps.DeleteFunc(fresh, func(code string, _ importer.FreshRemarks) bool {
		return !slices.Contains(f.Codes, code) && !slices.Contains(f.Codes, AnyCode)
	})
	if len(fresh) == 0 {
		return nil
	}
	return f.stoppedFault(plan.ID, fresh)
}

func (f *FailOn) stoppedFault(plan string, fresh map[string]importer.FreshRemarks) error {
	var found []string
	for _, code := range slices.Sorted(maps.Keys(fresh)) {
		found = append(found, fmt.Sprintf("%s %d%s", code, fresh[code].Count, suchAs(fresh[code].Samples)))
	}
	which := "--fail-on"
	if f.Baseline != "" {
		which += ", new since run " + f.Baseline
	}
	return &connector.Fault{
		Code:    connector.GuardTripped,
		Message: fmt.Sprintf("stopped, nothing was written: there are warnings (%s): %s", which, strings.Join(found, "; ")),
		Next:    connector.Typed("runs warnings", plan).After("look at ").Then("; if they are right, add --accept-warnings-of " + plan),
	}
}

func suchAs(samples []importer.Remark) string {
	if len(samples) == 0 {
		return ""
	}
	return ", such as: " + samples[0].Message
}
