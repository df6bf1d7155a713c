package view

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// samplesShown is how many remarks of one code a run shows.
const samplesShown = 3

// addRemarks adds the remarks of a run by code: how many, what to do, and some
// samples.
func addRemarks(p *page, run importer.Run, remarks iter.Seq2[importer.Remark, error]) error {
	samples, err := sampled(run, remarks, samplesShown)
	if err != nil {
		return err
	}
	for _, code := range codes(run) {
		n := run.WarningsBy[code] + run.RejectedBy[code]
		if n == 0 {
			continue
		}
		p.line("")
		p.line("  %s  %s", p.paint(codeColour(run, code), plain.Line(code)), plain.Count(n))
		single := oneHint(samples[code])
		for _, remark := range samples[code] {
			addRemark(p, 4, remark)
			if !single {
				p.hint(6, "next: "+plain.Line(plain.Steps(remark.Next)))
			}
		}
		if rest := n - len(samples[code]); rest > 0 {
			p.line("    ... and %s more: %s", plain.Count(rest), plain.Line(plain.CommandLine(warningsOf(run, code))))
		}
		if single {
			p.hint(4, "next: "+plain.Line(plain.Steps(samples[code][0].Next)))
		}
	}
	return nil
}

// warningsOf shows the remarks of a run with one code.
func warningsOf(run importer.Run, code string) connector.Command {
	return connector.Typed("runs warnings", run.ID, "--code", code)
}

// oneHint reports whether there are remarks, and all of them ask for the same.
func oneHint(remarks []importer.Remark) bool {
	return len(remarks) > 0 && !slices.ContainsFunc(remarks, func(r importer.Remark) bool { return plain.Steps(r.Next) != plain.Steps(remarks[0].Next) })
}

// addRemark adds what is said about a record, and which it is.
func addRemark(p *page, indent int, r importer.Remark) {
	p.text(indent, plain.Line(r.Message))
	if r.ExternalID != "" {
		p.text(indent+2, plain.Line(r.Resource)+" "+plain.Line(r.ExternalID))
	}
}

// addRemarkLines adds a line for each code: how many, and one of them.
func addRemarkLines(p *page, run importer.Run, remarks iter.Seq2[importer.Remark, error]) error {
	samples, err := sampled(run, remarks, samplesShown)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, code := range codes(run) {
		n := run.WarningsBy[code] + run.RejectedBy[code]
		if n == 0 {
			continue
		}
		sample := ""
		if len(samples[code]) > 0 {
			sample = samples[code][0].Message
		}
		if n > 1 && sample != "" {
			sample = "such as: " + sample
		}
		rows = append(rows, []string{code, plain.Count(n), sample})
	}
	if len(rows) > 0 {
		p.line("")
		p.table([]plain.Column{plain.Whole("warnings"), plain.Number(""), plain.Text("")}, rows)
	}
	p.mending = mappings(samples)
	return nil
}

// mappings are the commands that say which warehouse a location is, while it has
// none: they come before everything else.
func mappings(samples map[string][]importer.Remark) (steps []Suggestion) {
	for _, code := range []string{importer.RejectWarehouseAmbiguous, importer.WarnWarehouseUnlinked} {
		for _, remark := range samples[code] {
			if !remark.Next.HasCommand() {
				continue // there may be nothing to do
			}
			text := strings.TrimRight(remark.Message+"; "+remark.Next.InWords(), " ;")
			steps = append(steps, Suggested(text, remark.Next[0].Command))
		}
	}
	return steps
}

func codeColour(run importer.Run, code string) colour {
	if run.RejectedBy[code] > 0 {
		return red
	}
	return yellow
}

// sampled takes the first remarks of each code and stops when it has enough of
// all.
func sampled(run importer.Run, remarks iter.Seq2[importer.Remark, error], most int) (map[string][]importer.Remark, error) {
	wanted := 0
	for _, by := range []map[string]int{run.WarningsBy, run.RejectedBy} {
		for _, n := range by {
			wanted += min(n, most)
		}
	}
	samples := map[string][]importer.Remark{}
	if wanted == 0 {
		return samples, nil
	}
	for remark, err := range remarks {
		if err != nil {
			return nil, err
		}
		if len(samples[remark.Code]) == most {
			continue
		}
		samples[remark.Code] = append(samples[remark.Code], remark)
		if wanted--; wanted == 0 {
			break
		}
	}
	return samples, nil
}

// Warnings are remarks of a run.
type Warnings struct {
	Run  importer.Run
	List iter.Seq2[importer.Remark, error]
	Had  int // how many there were; fewer may be kept
}

func (w Warnings) document() document {
	return listDocument("warnings", w.List, func(r importer.Remark) any { return toldRemark(r) })
}

// text prints remarks, one a line.
func (w Warnings) text(v View) error {
	warnings, rejections := 0, 0
	rows := func(yield func([]string, error) bool) {
		for r, err := range w.List {
			if err == nil && r.Severity == importer.Rejected {
				rejections++
			} else if err == nil {
				warnings++
			}
			if !yield([]string{r.Code, r.Resource, r.ExternalID, r.Message}, err) {
				return
			}
		}
	}
	columns := []plain.Column{plain.Whole("code"), plain.Spared(plain.Text("resource")), plain.Beside("external id"), plain.Text("message")}
	if err := plain.TableOf(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	left := leftUnread(w.Run)
	if left != "" {
		left = "; " + left
	}
	if warnings+rejections == 0 {
		return v.say("no warnings%s", left)
	}
	kept := ""
	if listed := warnings + rejections; listed < w.Had {
		kept = fmt.Sprintf(", of %s: at most %s of each code are kept", plain.Count(w.Had), plain.Count(importer.RemarksKept))
	}
	return v.say("%s, %s%s; what they mean and what to do: %s%s", plain.Counted(warnings, "warning"), plain.Counted(rejections, "rejection"), kept, plain.CommandLine(connector.Typed("help warnings")), left)
}
