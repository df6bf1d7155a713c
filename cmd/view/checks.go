package view

// CheckResult is how a check ended.
type CheckResult string

// The results. Unknown means that it could not be checked here and now.
const (
	CheckPassed  CheckResult = "passed"
	CheckFailed  CheckResult = "failed"
	CheckUnknown CheckResult = "unknown"
)

// Check is one likely cause of a symptom, looked at.
type Check struct {
	Symptom string      `json:"symptom"`
	Name    string      `json:"check"`
	Result  CheckResult `json:"result"`
	Detail  string      `json:"detail"`
	Cure    string      `json:"cure"` // "" unless it failed
}

// checkIndent is where the text of a check begins.
const checkIndent = 11

// Checks prints checks below the symptoms that they belong to.
func (v View) Checks(checks []Check) error {
	p := v.page()
	symptom, failed := "", 0
	for i := 0; i < len(checks); {
		c := checks[i]
		if c.Symptom != symptom {
			if symptom != "" {
				p.line("")
			}
			symptom = c.Symptom
			p.line("%s", Line(symptom))
		}
		n := unasked(checks[i:])
		if n > 1 {
			c.Name = Counted(n, "check")
		}
		p.check(c)
		if c.Result == CheckFailed {
			failed++
		}
		i += n
	}
	p.line("")
	p.line("%s failed of %s", Count(failed), Counted(len(checks), "check"))
	return p.flush()
}

// unasked is how many of the first checks could not be made for one reason.
func unasked(checks []Check) int {
	n := 1
	for checks[0].Result == CheckUnknown && n < len(checks) && checks[n].Result == CheckUnknown &&
		checks[n].Symptom == checks[0].Symptom && checks[n].Detail == checks[0].Detail {
		n++
	}
	return n
}

func (p *page) check(c Check) {
	text := Line(c.Name)
	if c.Detail != "" {
		text += ": " + Line(c.Detail)
	}
	for i, line := range p.wrapped(text, checkIndent) {
		if i == 0 {
			p.line("  %s  %s", p.result(c.Result), line)
		} else {
			p.line("%*s%s", checkIndent, "", line)
		}
	}
	if c.Result == CheckFailed {
		p.line("%*scure: %s", checkIndent, "", Line(c.Cure)) // on one line, to be copied
	}
}

// result is the word for a result, all of one width.
func (v View) result(r CheckResult) string {
	switch r {
	case CheckPassed:
		return v.paint(green, "passed ")
	case CheckFailed:
		return v.paint(red, "failed ")
	}
	return v.paint(yellow, "unknown")
}
