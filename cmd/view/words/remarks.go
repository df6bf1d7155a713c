package words

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// RemarkCodes are the codes of a run's remarks, rejections first.
func RemarkCodes(run importer.Run) []string {
	return append(slices.Sorted(maps.Keys(run.RejectedBy)), slices.Sorted(maps.Keys(run.WarningsBy))...)
}

// SampleRemarks are the first remarks of each code. It stops reading when it has enough of
// all.
func SampleRemarks(run importer.Run, remarks iter.Seq2[importer.Remark, error], most int) (map[string][]importer.Remark, error) {
	wanted := 0
	for _, by := range []map[string]int{run.WarningsBy, run.RejectedBy} {
		for _, n := range by {
			wanted += min(n, most)
		}
	}
	samples := map[string][]importer.Remark{}
	if wanted == 0 {
		return samples, nil
	}
	for remark, err := range remarks {
		if err != nil {
			return nil, err
		}
		if len(samples[remark.Code]) == most {
			continue
		}
		samples[remark.Code] = append(samples[remark.Code], remark)
		if wanted--; wanted == 0 {
			break
		}
	}
	return samples, nil
}

// WarningsCommand is the command that shows the remarks of a run with one code.
func WarningsCommand(run importer.Run, code string) connector.Command {
	return connector.Typed("runs warnings", run.ID, "--code", code)
}

// OneHint reports whether all remarks have the same next step. It is false for none.
func OneHint(remarks []importer.Remark) bool {
	return len(remarks) > 0 && !slices.ContainsFunc(remarks, func(r importer.Remark) bool {
		return plain.Steps(r.Next) != plain.Steps(remarks[0].Next)
	})
}

// MappingSteps are the commands that link locations without a warehouse. They come before
// all other steps.
func MappingSteps(samples map[string][]importer.Remark) (steps []plain.Suggestion) {
	for _, code := range []string{importer.RejectWarehouseAmbiguous, importer.WarnWarehouseUnlinked} {
		for _, remark := range samples[code] {
			if !remark.Next.HasCommand() {
				continue // there may be nothing to do
			}
			text := strings.TrimRight(remark.Message+"; "+remark.Next.InWords(), " ;")
			steps = append(steps, plain.Suggested(text, remark.Next[0].Command))
		}
	}
	return steps
}
