package health

import "github.com/eshopos/eshopctl/connector"

// Examination is what the checks found of one store, or of this machine alone.
type Examination struct {
	Findings  []Finding
	connector connector.Connector
}

// ExamineMachine makes the checks that are about no store.
func ExamineMachine(f Facts) Examination { return examine(f, machineSymptoms(), nil) }

// Examine makes the checks of one store. A failure of the machine explains what follows
// from it here.
func Examine(f Facts, machine Examination) Examination {
	examined := examine(f, storeSymptoms(), machine.broken())
	examined.connector = f.Connector
	return examined
}

// broken returns the checks that failed, each with the one that explains it.
func (e Examination) broken() map[string]string {
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
func examine(f Facts, symptoms []symptom, before map[string]string) Examination {
	var e Examination
	broken := map[string]string{}
	for name, cause := range before {
		broken[name] = cause
	}
	for _, s := range symptoms {
		for _, c := range s.checks {
			if c.applies != nil && !c.applies(f) {
				continue
			}
			finding := c.make(f, broken)
			finding.Store, finding.Symptom, finding.Topic = f.Connector.Store, s.name, s.topic
			e.Findings = append(e.Findings, finding)
		}
	}
	return e
}
