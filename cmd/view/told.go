package view

import (
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// toldNext is a next step with its commands written out, as JSON has it.
func toldNext(next connector.Next) connector.Next {
	if !next.HasCommand() {
		return next
	}
	return connector.Advice(plain.Steps(next))
}

// toldRun is a run as JSON has it.
func toldRun(run importer.Run) importer.Run {
	run.Error = toldError(run.Error)
	return run
}

func toldLast(run *importer.Run) *importer.Run {
	if run == nil {
		return nil
	}
	return new(toldRun(*run))
}

func toldError(failure *importer.RunError) *importer.RunError {
	if failure == nil {
		return nil
	}
	told := *failure
	told.Next = toldNext(failure.Next)
	return &told
}

// toldRemark is a remark as JSON has it.
func toldRemark(r importer.Remark) importer.Remark {
	r.Next = toldNext(r.Next)
	return r
}

func toldFresh(fresh map[string]importer.FreshRemarks) map[string]importer.FreshRemarks {
	told := maps.Clone(fresh)
	for code, one := range told {
		one.Samples = slices.Clone(one.Samples)
		for i, sample := range one.Samples {
			one.Samples[i] = toldRemark(sample)
		}
		told[code] = one
	}
	return told
}

// toldExplanations are explanations as JSON has them.
func toldExplanations(explained []checking.Explanation) []checking.Explanation {
	explained = slices.Clone(explained)
	for i, e := range explained {
		explained[i].Gates = toldGates(e.Gates)
		explained[i].Locations = slices.Clone(e.Locations)
		for j, l := range e.Locations {
			explained[i].Locations[j].Gates = toldGates(l.Gates)
		}
	}
	return explained
}

func toldGates(gates []checking.Gate) []checking.Gate {
	gates = slices.Clone(gates)
	for i, gate := range gates {
		gates[i].Next = toldNext(gate.Next)
	}
	return gates
}

// SuggestedFor is a suggestion with its commands written out.
func SuggestedFor(s health.Suggestion) plain.Suggestion {
	return plain.Suggestion{Text: s.Text, Command: plain.CommandLines(s.Commands)}
}
