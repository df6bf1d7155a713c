package importer

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// WillRead notes which resources the run is to read, and why it leaves out the others.
// Until HasRead is called, all of them count as not read.
func (r *Run) WillRead(c connector.Connector, resources []connector.Resource) {
	r.Resources, r.NotRead = resources, []NotRead{}
	for _, resource := range connector.Resources() {
		if slices.Contains(resources, resource) {
			r.NotRead = append(r.NotRead, NotRead{Resource: string(resource), Why: WhyEnded, Detail: "the run ended before"})
		} else {
			r.NotRead = append(r.NotRead, leftOutResource(c, resource))
		}
	}
}

// HasRead notes that the run has read the resources, without some fields of their tables.
func (r *Run) HasRead(resources []connector.Resource, without []NotRead) {
	r.NotRead = slices.DeleteFunc(slices.Clone(r.NotRead), func(n NotRead) bool {
		return n.OnlyFields() || slices.Contains(resources, connector.Resource(n.Resource))
	})
	for _, n := range without {
		if t := TableNamed(n.Resource); t != nil && slices.Contains(resources, t.Resource) {
			r.NotRead = append(r.NotRead, n)
		}
	}
}

// LookedAt reports whether the run read the records of a table, so that its counts mean
// something.
func (r *Run) LookedAt(t *Table) bool {
	return !r.Counts.LacksTable(t) && !slices.ContainsFunc(r.NotRead, func(n NotRead) bool {
		return !n.OnlyFields() && (n.Resource == string(t.Resource) || n.Resource == t.Name)
	})
}

// noteLacks notes why resources could not be read.
func (r *Run) noteLacks(all []NotRead) {
	r.NotRead = slices.Clone(r.NotRead)
	for _, lack := range all {
		at := slices.IndexFunc(r.NotRead, func(n NotRead) bool { return n.Resource == lack.Resource })
		if at >= 0 {
			r.NotRead[at] = lack
		}
	}
}

// NotEnded removes from NotRead what a run that is still at work has not come to yet.
func (r *Run) NotEnded() {
	r.NotRead = slices.DeleteFunc(r.NotRead, func(n NotRead) bool { return n.Why == WhyEnded })
}

// WillReplay notes which resources the run is to take from a snapshot, and which the
// snapshot does not have.
func (r *Run) WillReplay(c connector.Connector, from SnapshotInfo, resources []connector.Resource) {
	r.WillRead(c, resources)
	for i, n := range r.NotRead {
		if n.Why != WhyEnded && !slices.Contains(from.Resources, connector.Resource(n.Resource)) {
			r.NotRead[i] = NotRead{Resource: n.Resource, Why: WhyNotWanted, Detail: from.Run + " did not read it"}
		}
	}
}
