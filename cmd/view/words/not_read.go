package words

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
)

// NotRead stands in the place of figures about something that the run did not read.
const NotRead = "not read"

// unreadNames are the resources and fields that a run did not read, none while it is at
// work.
func unreadNames(run importer.Run) []string {
	var names []string
	fields := partlyRead(run)
	for _, n := range run.NotRead {
		if !n.OnlyFields() || fields <= fewFields {
			names = append(names, UnreadName(n))
		}
	}
	if fields > fewFields {
		names = append(names, plain.Counted(fields, "field"))
	}
	return names
}

// fewFields is how many fields are named in a short text; more are counted.
const fewFields = 3

// UnreadName is what was not read: a resource, or some of its fields.
func UnreadName(n importer.NotRead) string {
	if n.OnlyFields() {
		return plain.Line(strings.Join(n.Fields, ", ") + " of " + n.Resource)
	}
	return plain.Line(n.Resource)
}

// partlyRead counts the fields that a run left out of resources that it read.
func partlyRead(run importer.Run) (fields int) {
	for _, n := range run.NotRead {
		fields += len(n.Fields)
	}
	return fields
}

// resourcesRead are the resources that a run read.
func resourcesRead(run importer.Run) []string {
	var names []string
	for _, resource := range connector.Resources() {
		if run.LookedAt(importer.TablesOf([]connector.Resource{resource})[0]) {
			names = append(names, string(resource))
		}
	}
	return names
}

// LookedAtNothing reports whether a run ended before it had read anything, so that none of
// its figures means anything.
func LookedAtNothing(run importer.Run) bool { return len(resourcesRead(run)) == 0 }

// Extent is what a run read, in a few words for a list.
func Extent(run importer.Run) string {
	switch names := resourcesRead(run); {
	case run.Status == importer.Running:
		return ""
	case len(run.NotRead) == 0:
		return "all"
	case len(names) == 0:
		return "nothing"
	case len(names) == len(connector.Resources()):
		return "all but " + plain.Counted(partlyRead(run), "field")
	default:
		return strings.Join(names, ", ")
	}
}

// InPart reports whether any of the runs did not read everything. A list of them has a
// column for it then.
func InPart(runs []importer.Run) bool {
	return slices.ContainsFunc(runs, func(run importer.Run) bool { return len(run.NotRead) > 0 })
}

// Figure is a figure of a run for a list, "" when the run read nothing.
func Figure(run importer.Run, n int) string {
	if LookedAtNothing(run) {
		return ""
	}
	return plain.Count(n)
}

// inRead ends a sentence that holds for a part only, as in " in products and stock"; "" for
// all.
func inRead(run importer.Run) string {
	names := resourcesRead(run)
	switch {
	case len(run.NotRead) == 0 || len(names) == 0:
		return ""
	case len(names) == len(connector.Resources()):
		return " in all that was read"
	}
	return " in " + health.Listed(names)
}

// UnreadLine says at the end of an outcome what the run left out, "" for nothing.
func UnreadLine(run importer.Run) string {
	if names := unreadNames(run); len(names) > 0 {
		return "not read: " + strings.Join(names, ", ")
	}
	return ""
}

// UnreadReasons are the resources that a run did not read, by reason.
func UnreadReasons(run importer.Run) []string {
	var lines []string
	for i, n := range run.NotRead {
		if i > 0 && n.Detail == run.NotRead[i-1].Detail && !n.OnlyFields() {
			last := len(lines) - 1
			names, _ := strings.CutSuffix(lines[last], ": "+plain.Line(n.Detail))
			lines[last] = names + ", " + UnreadName(n) + ": " + plain.Line(n.Detail)
			continue
		}
		lines = append(lines, UnreadName(n)+": "+plain.Line(n.Detail))
	}
	return lines
}
