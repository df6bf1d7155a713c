package view

import (
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Comparison is two runs side by side. New are the remarks that only the second run has,
// Gone those that only the first has; where remarks are not kept any more, only their
// numbers are compared.
type Comparison struct {
	First, Second     importer.Run
	New, Gone         map[string]importer.FreshRemarks
	NewKept, GoneKept bool
}

// countNames are all counts of a resource, by their names in JSON.
var countNames = []struct {
	name string
	of   func(*importer.Counts) int
}{
	{"read", func(c *importer.Counts) int { return c.Read }},
	{"created", func(c *importer.Counts) int { return c.Created }},
	{"updated", func(c *importer.Counts) int { return c.Updated }},
	{"unchanged", func(c *importer.Counts) int { return c.Unchanged }},
	{"skipped", func(c *importer.Counts) int { return c.Skipped }},
	{"rejected", func(c *importer.Counts) int { return c.Rejected }},
	{"missing", func(c *importer.Counts) int { return c.Missing }},
	{"removed", func(c *importer.Counts) int { return c.Removed }},
	{"archived", func(c *importer.Counts) int { return c.Archived }},
	{"drifted", func(c *importer.Counts) int { return c.Drifted }},
	{"filled", func(c *importer.Counts) int { return c.Filled }},
}

// CountDifference is a count that differs between two runs.
type CountDifference struct {
	Resource string `json:"resource"`
	Count    string `json:"count"`
	First    int    `json:"first"`
	Second   int    `json:"second"`
}

// ComparisonGap is a resource or table that cannot be compared, because one or both of the
// runs did not read it.
type ComparisonGap struct {
	Resource string `json:"resource"`
	In       string `json:"run"` // the runs that did not read it: first, second or both
}

func (c Comparison) notCompared() []ComparisonGap {
	all := []ComparisonGap{}
	for _, resource := range connector.Resources() {
		tables := importer.TablesOf([]connector.Resource{resource})
		whole := c.notLookedAt(tables[0])
		if whole != "" {
			all = append(all, ComparisonGap{string(resource), whole})
		}
		for _, t := range tables {
			if in := c.notLookedAt(t); in != whole && in != "" { // an older program that did not have the table
				all = append(all, ComparisonGap{t.Name, in})
			}
		}
	}
	return all
}

// notLookedAt says which runs did not read a table, "" when both did.
func (c Comparison) notLookedAt(t *importer.Table) string {
	first, second := c.First.LookedAt(t), c.Second.LookedAt(t)
	switch {
	case !first && !second:
		return "both"
	case !first:
		return "first"
	case !second:
		return "second"
	}
	return ""
}

// nothingInCommon reports whether there is no table that both runs read.
func (c Comparison) nothingInCommon() bool {
	return !slices.ContainsFunc(importer.Tables(), func(t *importer.Table) bool { return c.notLookedAt(t) == "" })
}

func (c Comparison) countDifferences() []CountDifference {
	differences := []CountDifference{}
	for _, t := range importer.Tables() {
		if c.notLookedAt(t) != "" {
			continue
		}
		first, second := c.First.Counts.Of(t), c.Second.Counts.Of(t)
		for _, count := range countNames {
			if a, b := count.of(first), count.of(second); a != b {
				differences = append(differences, CountDifference{t.Name, count.name, a, b})
			}
		}
	}
	return differences
}

// forPeople prints two runs side by side.
func (c Comparison) forPeople(v View) error {
	p := v.newSheet()
	for _, run := range []importer.Run{c.First, c.Second} {
		p.addLine("%s of store %s  %s %s", plain.Line(run.ID), plain.Line(run.Store), plain.Line(string(run.Kind)),
			paintedStatus(v, run.Status))
		p.addLine("  started %s", p.timeText(run.StartedAt))
	}
	if comparesOnly := importer.KindReconcile; (c.First.Kind == comparesOnly) != (c.Second.Kind == comparesOnly) {
		p.addLine("")
		p.addText(2, "A reconcile only compares: it counts differences, and has no warnings about records.")
	}
	p.addLine("")
	differences, left := c.countDifferences(), c.notCompared()
	switch {
	case c.nothingInCommon():
	case len(differences) == 0 && len(left) == 0:
		p.addLine("  all counts are the same")
	case len(differences) == 0:
		p.addLine("  all counts of what both read are the same")
	default:
		rows := [][]string{}
		for _, d := range differences {
			rows = append(rows, []string{d.Resource, d.Count, plain.Count(d.First), plain.Count(d.Second),
				plain.SignedCount(d.Second - d.First)})
		}
		p.addTable([]plain.Column{plain.Whole(""), plain.Whole(""), plain.Number("first"), plain.Number("second"), plain.Number("")}, rows)
	}
	for _, u := range left {
		where := "in the " + u.In
		if u.In == "both" {
			where = "in either"
		}
		p.addLine("  %s not read %s", u.Resource, where)
	}
	if c.nothingInCommon() {
		p.addLine("  nothing was read by both, so that nothing can be said of new warnings")
		return p.flush()
	}
	p.addLine("")
	addRemarkChange(p, "new in the second", c.New, c.NewKept)
	addRemarkChange(p, "gone since the first", c.Gone, c.GoneKept)
	return p.flush()
}

// addRemarkChange adds the warnings that are new or gone.
func addRemarkChange(p *sheet, what string, remarks map[string]importer.FreshRemarks, kept bool) {
	if len(remarks) == 0 {
		p.addLine("  no warnings %s", what)
		return
	}
	lost := ""
	if !kept {
		lost = ", by their numbers; the single ones are not kept any more"
	}
	p.addLine("  warnings %s%s", what, lost)
	for _, code := range slices.Sorted(maps.Keys(remarks)) {
		p.addLine("    %s  %s", p.paint(yellow, plain.Line(code)), plain.Count(remarks[code].Count))
		for _, r := range remarks[code].Samples {
			addRemark(p, 6, r)
		}
	}
}

// forPrograms is the comparison as JSON.
func (c Comparison) forPrograms() document {
	return oneDocument(struct {
		First   importer.Run                     `json:"first"`
		Second  importer.Run                     `json:"second"`
		Counts  []CountDifference                `json:"counts"`
		NotRead []ComparisonGap                  `json:"not_read"`
		New     map[string]importer.FreshRemarks `json:"new_warnings"`
		Gone    map[string]importer.FreshRemarks `json:"gone_warnings"`
	}{toldRun(c.First), toldRun(c.Second), c.countDifferences(), c.notCompared(), toldFresh(c.New), toldFresh(c.Gone)})
}
