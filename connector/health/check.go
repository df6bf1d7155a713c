package health

// check is one likely cause of a symptom. The first of its rules that finds something
// decides; when none does, passed says what is well, or that it cannot be told.
type check struct {
	name    string
	after   []string // checks that explain this one when they fail
	rules   []rule
	passed  func(Facts) (Result, string)
	applies func(Facts) bool // whether it is made at all; nil means always
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

// make makes the check and notes in broken what explains its failure.
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
