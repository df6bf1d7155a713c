package importer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Limit is the most that a plan may do of one thing: a number, or a percentage
// of what the catalogue holds. The zero Limit allows everything.
type Limit struct {
	Set     bool
	N       int
	Percent bool
}

// ParseLimit reads "100" or "25%"; "" and "off" allow everything.
func ParseLimit(text string) (Limit, error) {
	if text == "" || text == "off" {
		return Limit{}, nil
	}
	number, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || percent && n > 100 {
		return Limit{}, fmt.Errorf("%q is neither a number nor a percentage such as 25%%", text)
	}
	return Limit{Set: true, N: n, Percent: percent}, nil
}

func (l Limit) String() string {
	if l.Percent {
		return strconv.Itoa(l.N) + "%"
	}
	return strconv.Itoa(l.N)
}

// fewRecords is how many records there must be before a percentage means
// anything.
const fewRecords = 20

// exceeded reports whether n of had is more than the limit allows.
func (l Limit) exceeded(n, had int) bool {
	switch {
	case !l.Set:
		return false
	case l.Percent:
		return had >= fewRecords && n*100 > l.N*had
	}
	return n > l.N
}

// Guards stop a run that would do too much. Each counts per table.
type Guards struct {
	Create, Update, Missing Limit
	Zeroed                  Limit // levels above zero that go to zero or vanish
}

// Check reports the first guard that the plan trips.
func (g Guards) Check(p Plan) error {
	for _, t := range TablesOf(p.Resources) {
		counts, had := p.Counts.Of(t), p.Had[t.Name]
		for _, guard := range []struct {
			flag, verb string
			limit      Limit
			n          int
		}{
			{"--max-create", "create", g.Create, counts.Created},
			{"--max-update", "update", g.Update, counts.Updated},
			{"--max-missing", "mark missing", g.Missing, counts.Missing},
		} {
			if guard.limit.exceeded(guard.n, had) {
				return tripped(p.ID, guard.flag, guard.limit, fmt.Sprintf("it would %s %d of %d %s", guard.verb, guard.n, had, t.Name))
			}
		}
	}
	if g.Zeroed.exceeded(p.Zeroed, p.InStock) {
		return tripped(p.ID, "--max-zeroed", g.Zeroed, fmt.Sprintf("it would take %d of %d stocked levels to zero", p.Zeroed, p.InStock))
	}
	return nil
}

func tripped(plan, flag string, limit Limit, would string) error {
	return &connector.Fault{Code: connector.GuardTripped,
		Message: fmt.Sprintf("stopped, nothing was written: %s, and %s is %s", would, flag, limit),
		Hint:    fmt.Sprintf("look at eshopctl runs changes %s; if it is right, raise %s", plan, flag)}
}
