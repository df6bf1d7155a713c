package planning

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/runs"
)

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		limit   string
		n, had  int
		tripped bool
	}{
		{"", 1000, 1, false}, {"off", 1000, 1, false},
		{"5", 5, 100, false}, {"5", 6, 100, true}, {"0", 1, 0, true}, {"0", 0, 0, false},
		{"50%", 50, 100, false}, {"50%", 51, 100, true}, {"50%", 19, 19, false}, {"50%", 11, 20, true}, {"0%", 1, 20, true},
	} {
		limit, err := ParseLimit(c.limit)
		if err != nil {
			t.Fatal(err)
		}
		if got := limit.isExceeded(c.n, c.had); got != c.tripped {
			t.Errorf("%q: %d of %d: %v", c.limit, c.n, c.had, got)
		}
	}
	for _, bad := range []string{"x", "-1", "101%", "5.5", "%"} {
		if _, err := ParseLimit(bad); err == nil {
			t.Errorf("%q was taken for a limit", bad)
		}
	}
}

// limit parses what the test itself wrote.
func limit(t *testing.T, text string) Limit {
	t.Helper()
	l, err := ParseLimit(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every guard holds for every resource that it can concern, one record below
// the limit passes, and percentages say nothing about few records.
func TestGuardsOfEachResource(t *testing.T) {
	kept := []*importer.Table{importer.Products, importer.Categories, importer.Warehouses}
	parts := []*importer.Table{importer.Variants, importer.Media, importer.Memberships, importer.Stock}
	for name, c := range map[string]struct {
		guards func(Limit) Guards
		count  func(*importer.Counts) *int
		tables []*importer.Table
	}{
		"--max-create":  {func(l Limit) Guards { return Guards{Create: l} }, func(c *importer.Counts) *int { return &c.Created }, importer.Tables()},
		"--max-update":  {func(l Limit) Guards { return Guards{Update: l} }, func(c *importer.Counts) *int { return &c.Updated }, importer.Tables()},
		"--max-missing": {func(l Limit) Guards { return Guards{Missing: l} }, func(c *importer.Counts) *int { return &c.Missing }, kept},
		"fewer":         {func(Limit) Guards { return Guards{Missing: limit(t, "50%")} }, func(c *importer.Counts) *int { return &c.Removed }, parts},
	} {
		for _, table := range c.tables {
			for _, step := range []struct {
				limit   string
				n, had  int
				tripped bool
			}{{"50%", 20, 40, false}, {"50%", 21, 40, true}, {"50%", 19, 19, false}, {"20", 20, 5, false}, {"20", 21, 40, true}, {"off", 40, 40, false}} {
				if name == "fewer" && step.limit != "50%" {
					continue
				}
				plan := importer.Plan{ID: "the-plan", Resources: connector.Resources(), Had: map[string]int{table.Name: step.had}}
				*c.count(plan.Counts.Of(table)) = step.n
				err := c.guards(limit(t, step.limit)).Check(plan)
				var tripped *TrippedError
				if (err != nil) != step.tripped || step.tripped && (!errors.As(err, &tripped) || tripped.Table != table) {
					t.Errorf("%s %s, %d of %d %s: %v", name, step.limit, step.n, step.had, table.Name, err)
				}
				if step.tripped && (!strings.Contains(err.Error(), table.Name) || !strings.Contains(err.Error(), strconv.Itoa(step.n))) {
					t.Errorf("%s does not say what tripped it: %v", name, err)
				}
			}
		}
	}
}

// --max-zeroed is a share of the levels above zero, not of all.
func TestZeroedGuard(t *testing.T) {
	for _, c := range []struct {
		limit           string
		zeroed, inStock int
		tripped         bool
	}{{"10%", 3, 30, false}, {"10%", 4, 30, true}, {"10%", 19, 19, false}, {"0", 1, 5, true}, {"3", 3, 5, false}, {"off", 30, 30, false}} {
		plan := importer.Plan{Resources: connector.Resources(), Had: map[string]int{"stock": 1000}, Zeroed: c.zeroed, InStock: c.inStock,
			Counts: runs.TallyOf(map[*importer.Table]importer.Counts{importer.Stock: {Updated: c.zeroed}})}
		if err := (Guards{Zeroed: limit(t, c.limit)}).Check(plan); (err != nil) != c.tripped {
			t.Errorf("%s, %d of %d: %v", c.limit, c.zeroed, c.inStock, err)
		}
	}
}

// A shop that hardly shows the parts of its records any more is stopped by what
// is built in, raised along with --max-missing and off with it.
func TestFarFewerPartsAreStopped(t *testing.T) {
	for text, tripped := range map[string]bool{"50%": true, "10%": true, "3": true, "60%": true, "70%": false, "off": false} {
		plan := importer.Plan{Resources: connector.Resources(), Had: map[string]int{"variants": 100}}
		plan.Counts.Of(importer.Variants).Removed = 61
		if err := (Guards{Missing: limit(t, text)}).Check(plan); (err != nil) != tripped {
			t.Errorf("--max-missing %s: %v", text, err)
		}
	}
	withdrawn := importer.Plan{Resources: connector.Resources(), Had: map[string]int{"stock": 100}, Withdrawn: map[string]int{"stock": 61}}
	withdrawn.Counts.Of(importer.Stock).Removed = 61 // the shop shows them, and it was told why they go
	if err := (Guards{Missing: limit(t, "50%")}).Check(withdrawn); err != nil {
		t.Error(err)
	}
	less := importer.Plan{Resources: connector.Resources(), Had: map[string]int{"variants": 100}}
	less.Counts.Of(importer.Variants).Removed = 45 // parts follow the shop
	if err := (Guards{Missing: limit(t, "10%")}).Check(less); err != nil {
		t.Error(err)
	}
}
