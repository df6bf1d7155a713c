package importer

import (
	"testing"

	"github.com/eshopos/eshopctl/connector"
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
		if got := limit.exceeded(c.n, c.had); got != c.tripped {
			t.Errorf("%q: %d of %d: %v", c.limit, c.n, c.had, got)
		}
	}
	for _, bad := range []string{"x", "-1", "101%", "5.5", "%"} {
		if _, err := ParseLimit(bad); err == nil {
			t.Errorf("%q was taken for a limit", bad)
		}
	}
}

func TestGuardsCountPerResource(t *testing.T) {
	plan := Plan{Resources: connector.Resources(), Had: map[string]int{"products": 40, "categories": 40}, InStock: 30, Zeroed: 3}
	plan.Counts.Categories.Missing = 21
	for name, c := range map[string]struct {
		guards  Guards
		tripped bool
	}{
		"missing":       {Guards{Missing: Limit{Set: true, N: 50, Percent: true}}, true},
		"more missing":  {Guards{Missing: Limit{Set: true, N: 60, Percent: true}}, false},
		"zeroed":        {Guards{Zeroed: Limit{Set: true, N: 9, Percent: true}}, true},
		"enough zeroed": {Guards{Zeroed: Limit{Set: true, N: 10, Percent: true}}, false},
		"none":          {Guards{}, false},
	} {
		if err := c.guards.Check(plan); (err != nil) != c.tripped {
			t.Errorf("%s: %v", name, err)
		}
	}
}
