package health

import (
	"fmt"
	"slices"
	"strings"
)

// Report is what was found about this machine and about stores.
type Report struct {
	Findings []Finding
	stores   []string
	about    Topic // "" for everything
}

// ReportOf puts together the examinations of this machine and of stores.
func ReportOf(machine Examination, stores ...Examination) Report {
	r := Report{Findings: slices.Clone(machine.Findings)}
	for _, store := range stores {
		r.Findings = append(r.Findings, store.Findings...)
		if name := store.connector.Store; name != "" {
			r.stores = append(r.stores, name)
		}
	}
	return r
}

// before are the topics that each one rests upon.
var before = map[Topic][]Topic{
	Data:       {Connection},
	Warehouses: {Connection, Data},
	Stock:      {Connection, Data, Warehouses},
}

// About returns the report on one topic: its checks, and the failures of what it rests
// upon. "" means everything.
func (r Report) About(topic Topic) Report {
	if topic == "" {
		return r
	}
	about := Report{stores: r.stores, about: topic}
	for _, f := range r.Findings {
		if f.Topic == topic || f.Result == Failed && slices.Contains(before[topic], f.Topic) {
			about.Findings = append(about.Findings, f)
		}
	}
	return about
}

// Causes returns the checks that failed by themselves.
func (r Report) Causes() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Result != Failed })
}

// Following returns the findings that follow from a cause.
func (r Report) Following(cause Finding) []Finding {
	var following []Finding
	for _, f := range r.Findings {
		if f.Follows == cause.Check && f.Code != "" && (f.Store == cause.Store || cause.Store == "") {
			following = append(following, f)
		}
	}
	return following
}

// Verdict returns the report in a sentence: all is well, or what the cause is.
func (r Report) Verdict() string {
	causes := r.Causes()
	if len(causes) == 0 {
		return "Nothing is wrong with " + r.subject() + "."
	}
	first := causes[0]
	whose := "This machine is not ready"
	if first.Store != "" {
		whose = "Store " + first.Store + " is not well"
	}
	verdict := fmt.Sprintf("%s; the cause is %s: %s", whose, first.Check, strings.TrimRight(first.Detail, "."))
	if !strings.HasSuffix(verdict, "…") {
		verdict += "."
	}
	if more := len(causes) - 1; more > 0 {
		verdict += fmt.Sprintf(" %d more %s below.", more, plural(more, "cause stands", "causes stand"))
	}
	return verdict
}

// subject is what the report is about, in words.
func (r Report) subject() string {
	subject := "this machine"
	if len(r.stores) > 0 {
		subject = plural(len(r.stores), "store ", "stores ") + Listed(r.stores)
	}
	if r.about != "" {
		subject = "the " + string(r.about) + " of " + subject
	}
	return subject
}

// Listed writes names as a sentence does: a, b and c.
func Listed(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
