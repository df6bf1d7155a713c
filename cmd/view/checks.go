package view

import (
	"cmp"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector/health"
)

// Check is what was found when one possible cause of a symptom was examined. Its JSON is a
// contract with scripts. A check that failed has a cure. One that cannot be judged because
// of another is unknown, and Follows names the other.
type Check struct {
	Symptom string        `json:"symptom"`
	Name    string        `json:"check"`
	Result  health.Result `json:"result"`
	Detail  string        `json:"detail"`
	Cure    string        `json:"cure"` // a command, or else words that say what to do; "" unless it failed

	Store   string       `json:"store"` // "" when it is about this machine
	Topic   health.Topic `json:"topic"`
	Code    string       `json:"code"`    // of what was found; "" for nothing
	Note    bool         `json:"note"`    // it passed, but is worth a look
	Advice  string       `json:"advice"`  // what to do besides the cure
	Look    string       `json:"look"`    // a command that shows more
	Instead string       `json:"instead"` // another cure, for operators who meant it so
	Follows string       `json:"follows"` // the check that explains it
}

// checkOf is a finding as JSON has it.
func checkOf(f health.Finding) Check {
	check := Check{
		Symptom: f.Symptom, Name: f.Check, Result: f.Result, Detail: f.Detail, Store: f.Store, Topic: f.Topic, Code: f.Code,
		Note: f.Note, Look: plain.CommandLines(f.Look.Commands), Cure: plain.CommandLines(f.Cure.Commands), Advice: inWords(f.Cure),
		Instead: plain.CommandLines(f.Or.Commands), Follows: f.Follows,
	}
	if check.Cure == "" {
		check.Cure, check.Advice = check.Advice, ""
	}
	return check
}

// checkIndent is where the text of a check begins.
const checkIndent = 11

// Checkup is what doctor found.
type Checkup struct {
	health.Report
	All bool // show every check, below its symptom
}

func (r Checkup) forPrograms() document {
	checks := make([]Check, len(r.Findings))
	for i, finding := range r.Findings {
		checks[i] = checkOf(finding)
	}
	var cause *Check // the first check that failed, null when none did
	for _, first := range r.Causes() {
		cause = new(checkOf(first))
		break
	}
	listed := listDocument("checks", plain.EachOf(checks), func(c Check) any { return c })
	listed.whole = oneDocument(struct {
		Verdict string  `json:"verdict"`
		Cause   *Check  `json:"cause"`
		Checks  []Check `json:"checks"`
	}{r.Verdict(), cause, checks}).whole
	return listed
}

// forPeople prints the verdict, then what is wrong or worth a look, each cause before its
// consequences. With --quiet it prints the verdict only.
func (r Checkup) forPeople(v View) error {
	if v.Quiet {
		return v.sayLine("%s", plain.Line(r.Verdict()))
	}
	p := v.newSheet()
	p.addText(0, plain.Line(r.Verdict()))
	p.addLine("")
	if r.All {
		r.addAll(p)
	} else {
		r.addFolded(p)
	}
	return p.flush()
}

// addFolded adds the causes, or the notes when there are none, and counts the rest.
func (r Checkup) addFolded(p *sheet) {
	passed, notes, unknown := 0, 0, 0
	wrong := len(r.Causes()) > 0
	for _, f := range r.Findings {
		switch {
		case f.Result == health.Failed:
			addFinding(p, f)
			addFollowing(p, r.Following(f))
			p.addLine("")
		case f.Note && !wrong:
			addFinding(p, f)
			p.addLine("")
		case f.Result == health.Passed:
			passed++
			if f.Note {
				notes++
			}
		case f.Code == "":
			unknown++
		}
	}
	counts := plain.Counted(passed, "check") + " passed; --all lists them"
	if notes > 0 {
		counts += ", with " + plain.Counted(notes, "note")
	}
	if unknown > 0 {
		counts += ", and " + plain.Count(unknown) + " that could not be made"
	}
	p.addLine("  %s", counts)
}

// addFollowing names the checks that follow from the cause above.
func addFollowing(p *sheet, findings []health.Finding) {
	names := make([]string, len(findings))
	for i, f := range findings {
		names[i] = plain.Line(f.Check)
	}
	if len(names) > 0 {
		addEntry(p, p.paint(yellow, "follows"), strings.Join(names, ", "))
	}
}

func (r Checkup) addAll(p *sheet) {
	symptom, store := "", ""
	for _, f := range r.Findings {
		if f.Symptom != symptom || f.Store != store {
			if symptom != "" {
				p.addLine("")
			}
			symptom, store = f.Symptom, f.Store
			p.addLine("%s", plain.Line(symptomTitle(f)))
		}
		addFinding(p, f)
	}
}

// symptomTitle is the symptom of a finding, with the store that it is about.
func symptomTitle(f health.Finding) string {
	if f.Store == "" {
		return f.Symptom
	}
	return f.Store + ": " + f.Symptom
}

// addFinding adds a check and its cure. Commands are not wrapped, so that they can be
// copied.
func addFinding(p *sheet, f health.Finding) {
	text := plain.Line(f.Check)
	if f.Detail != "" {
		text += ": " + findingText(p, f)
	}
	if f.Follows != "" {
		text += "; it follows from " + plain.Line(f.Follows)
	}
	word := paintedResult(p.View, f.Result)
	if f.Note {
		word = p.paint(yellow, "note   ")
	}
	addEntry(p, word, text)
	addStep(p, "look: ", f.Look)
	addStep(p, "cure: ", f.Cure)
	addStep(p, "or: ", f.Or)
}

// addEntry adds a word and its text.
func addEntry(p *sheet, word, text string) {
	for i, line := range p.wrapText(text, checkIndent) {
		if i == 0 {
			p.addLine("  %s  %s", word, line)
		} else {
			p.addLine("%*s%s", checkIndent, "", line)
		}
	}
}

// addStep adds what to do: in words, and as a command.
func addStep(p *sheet, label string, s health.Step) {
	command := plain.Line(plain.CommandLines(s.Commands))
	switch {
	case s.IsZero():
	case command == "":
		p.addText(checkIndent, label+plain.Line(inWords(s)))
	default:
		if label != "look: " { // its line says enough
			p.addText(checkIndent, plain.Line(s.Text))
		}
		p.addLine("%*s%s%s", checkIndent, "", label, command)
	}
}

// inWords is the text of a step without its commands.
func inWords(s health.Step) string { return cmp.Or(s.Text, plain.Steps(s.Said)) }

// paintedResult is the coloured word for a result, padded to one width.
func paintedResult(v View, r health.Result) string {
	switch r {
	case health.Passed:
		return v.paint(green, "passed ")
	case health.Failed:
		return v.paint(red, "failed ")
	}
	return v.paint(yellow, "unknown")
}
