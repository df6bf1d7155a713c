package planning

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Limit is the most that a plan may do of one thing: a number, or a percentage of the rows.
// The zero Limit allows everything.
type Limit struct {
	Set     bool
	N       int
	Percent bool
}

// ParseLimit parses "100" or "25%". "" and "off" allow everything.
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

// fewRecords is the number of records from which on percentages are checked.
const fewRecords = 20

// isExceeded reports whether n out of had is more than the limit allows.
func (l Limit) isExceeded(n, had int) bool {
	switch {
	case !l.Set:
		return false
	case l.Percent:
		return had >= fewRecords && n*100 > l.N*had
	}
	return n > l.N
}

// Guards are the limits that stop a plan. Each is checked for each table.
type Guards struct {
	Create, Update, Missing Limit
	Zeroed                  Limit // levels above zero that go to zero or vanish
}

// TrippedError says which guard stopped a plan. Selects reports whether a change of the
// plan is one of those that tripped it.
type TrippedError struct {
	*connector.Fault
	Flag    string // the flag that sets the limit
	Why     string // a sentence
	Table   *importer.Table
	Selects func(importer.Change) bool
}

// Unwrap returns the fault.
func (e *TrippedError) Unwrap() error { return e.Fault }

// guard is one limit together with what a plan does to one table.
type guard struct {
	flag    string
	limit   Limit
	n, had  int
	would   string // a format for n, had and the table's name
	selects func(importer.Change) bool
}

// Check returns a *TrippedError for the first guard that the plan trips.
func (g Guards) Check(p importer.Plan) error {
	for _, t := range importer.Tables() { // rows of tables that were not read may go along
		for _, held := range g.guardsOf(t, p) {
			if held.limit.isExceeded(held.n, held.had) {
				return held.trippedError(p, t)
			}
		}
	}
	return nil
}

func (g Guards) guardsOf(t *importer.Table, p importer.Plan) []guard {
	counts, had := p.Counts.Of(t), p.Had[t.Name]
	guards := []guard{
		{"--max-create", g.Create, counts.Created, had, "it would create %[1]d %[3]s, and there are %[2]d", doesAny(importer.Create)},
		{"--max-update", g.Update, counts.Updated - counts.Filled, had, "it would update %d of %d %s", changesWhatWasHeld},
		{"--max-missing", g.Missing, counts.Missing, had, "it would mark missing %d of %d %s", doesAny(importer.Miss, importer.Archive)},
		{"--max-missing", g.fewerParts(), counts.Removed - p.Withdrawn[t.Name], had,
			"the shop shows far fewer than at the last import: %d of %d %s are gone", doesAny(importer.Remove)},
	}
	if t.Stocked != nil && counts.RowWrites() > 0 { // levels of all tables count together
		guards = append(guards, guard{"--max-zeroed", g.Zeroed, p.Zeroed, p.InStock,
			"it would take %[1]d of %[2]d levels above zero to zero", doesAny(importer.Zero)})
	}
	return guards
}

// fewerParts is the limit for parts that are removed at once. Parts follow the shop, so at
// least half of them may go; a shop that shows hardly any parts was more likely read
// wrongly than emptied.
func (g Guards) fewerParts() Limit {
	half := Limit{Set: g.Missing.Set, N: 50, Percent: true}
	if g.Missing.Percent {
		half.N = max(half.N, g.Missing.N)
	}
	return half
}

func doesAny(actions ...importer.Action) func(importer.Change) bool {
	return func(c importer.Change) bool { return slices.ContainsFunc(actions, c.HasAction) }
}

// changesWhatWasHeld leaves out the updates that only fill columns.
func changesWhatWasHeld(c importer.Change) bool { return c.Action == importer.Update && !c.Filled }

func (g guard) trippedError(p importer.Plan, t *importer.Table) error {
	why := fmt.Sprintf("%s; %s is %s", fmt.Sprintf(g.would, g.n, g.had, t.Name), g.flag, g.limit)
	return &TrippedError{Flag: g.flag, Why: why, Table: t, Selects: g.selects, Fault: &connector.Fault{Code: connector.GuardTripped,
		Message: "stopped, nothing was written: " + why,
		Next: connector.Typed("runs changes", p.ID, "--resource", t.Name).After("look at ").
			Then(fmt.Sprintf("; if it is right, give a higher %s, or off", g.flag))}}
}
