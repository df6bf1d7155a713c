package health

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// check is one likely cause of a symptom. The first of its rules that finds
// something decides; when none does, passed says what is well, or that it cannot
// be told.
type check struct {
	name   string
	after  []string // checks that explain this one when they fail
	rules  []rule
	passed func(Facts) (Result, string)
	asked  func(Facts) bool // whether it is made at all; nil for always
}

// rule is one thing that may be wrong, or worth a look.
type rule struct {
	code string
	find func(Facts) *Trouble // nil when it is not so
}

// symptom is what operators see, with the checks of what may be behind it.
type symptom struct {
	name   string
	topic  Topic
	checks []check
}

// Examined is what the checks found of one store, or of this machine alone.
type Examined struct {
	Findings  []Finding
	connector connector.Connector
}

// ExamineMachine makes the checks that are about no store.
func ExamineMachine(f Facts) Examined { return examine(f, machineSymptoms(), nil) }

// Examine makes the checks of one store. What was found about the machine explains
// what follows from it here.
func Examine(f Facts, machine Examined) Examined {
	examined := examine(f, storeSymptoms(), machine.broken())
	examined.connector = f.Connector
	return examined
}

// broken are the checks that failed, each with the one that explains it.
func (e Examined) broken() map[string]string {
	broken := map[string]string{}
	for _, finding := range e.Findings {
		if finding.Result == Failed {
			broken[finding.Check] = finding.Check
		}
	}
	return broken
}

// examine makes checks in their order, in which causes come before what follows
// from them.
func examine(f Facts, symptoms []symptom, before map[string]string) Examined {
	var e Examined
	broken := map[string]string{}
	for name, cause := range before {
		broken[name] = cause
	}
	for _, s := range symptoms {
		for _, c := range s.checks {
			if c.asked != nil && !c.asked(f) {
				continue
			}
			finding := c.make(f, broken)
			finding.Store, finding.Symptom, finding.Topic = f.Connector.Store, s.name, s.topic
			e.Findings = append(e.Findings, finding)
		}
	}
	return e
}

// make makes one check and notes in broken what comes of it.
func (c check) make(f Facts, broken map[string]string) Finding {
	finding := Finding{Check: c.name}
	cause := c.cause(broken)
	for _, r := range c.rules {
		found := r.find(f)
		if found == nil {
			continue
		}
		finding.Trouble, finding.Code = *found, r.code
		switch {
		case found.Note:
			finding.Result = Passed
		case cause != "":
			finding.Result, finding.Follows, finding.Look, finding.Cure, finding.Or = Unknown, cause, Step{}, Step{}, Step{}
			broken[c.name] = cause
		default:
			finding.Result = Failed
			broken[c.name] = c.name
		}
		return finding
	}
	finding.Result, finding.Detail = c.passed(f)
	if finding.Result == Unknown {
		finding.Follows = cause
	}
	return finding
}

// cause is the check that explains a failure of this one, "" when it stands alone.
func (c check) cause(broken map[string]string) string {
	for _, name := range c.after {
		if cause := broken[name]; cause != "" {
			return cause
		}
	}
	return ""
}

// Codes lists the codes of everything that can be found, in the order of the
// checks.
func Codes() []string {
	var codes []string
	for _, s := range slices.Concat(machineSymptoms(), storeSymptoms()) {
		for _, c := range s.checks {
			for _, r := range c.rules {
				codes = append(codes, r.code)
			}
		}
	}
	return codes
}
