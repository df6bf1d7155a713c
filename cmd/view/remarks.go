package view

import (
	"fmt"
	"iter"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// samplesShown is how many remarks of one code a run shows.
const samplesShown = 3

// addRemarks adds the remarks of a run by code: how many, what to do, and some
// samples.
func addRemarks(p *sheet, run importer.Run, remarks iter.Seq2[importer.Remark, error]) error {
	samples, err := words.SampleRemarks(run, remarks, samplesShown)
	if err != nil {
		return err
	}
	for _, code := range words.RemarkCodes(run) {
		n := run.WarningsBy[code] + run.RejectedBy[code]
		if n == 0 {
			continue
		}
		p.addLine("")
		p.addLine("  %s  %s", p.paint(codeColour(run, code), plain.Line(code)), plain.Count(n))
		single := words.OneHint(samples[code])
		for _, remark := range samples[code] {
			addRemark(p, 4, remark)
			if !single {
				p.addHint(6, "next: "+plain.Line(plain.Steps(remark.Next)))
			}
		}
		if rest := n - len(samples[code]); rest > 0 {
			p.addLine("    ... and %s more: %s", plain.Count(rest), plain.Line(plain.CommandLine(words.WarningsCommand(run, code))))
		}
		if single {
			p.addHint(4, "next: "+plain.Line(plain.Steps(samples[code][0].Next)))
		}
	}
	return nil
}

// addRemark adds the text of a remark and its record.
func addRemark(p *sheet, indent int, r importer.Remark) {
	p.addText(indent, plain.Line(r.Message))
	if r.ExternalID != "" {
		p.addText(indent+2, plain.Line(r.Resource)+" "+plain.Line(r.ExternalID))
	}
}

// addRemarkLines adds a line for each code: how many remarks, and one of them.
func addRemarkLines(p *sheet, run importer.Run, remarks iter.Seq2[importer.Remark, error]) error {
	samples, err := words.SampleRemarks(run, remarks, samplesShown)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, code := range words.RemarkCodes(run) {
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
		p.addLine("")
		p.addTable([]plain.Column{plain.Whole("warnings"), plain.Number(""), plain.Text("")}, rows)
	}
	p.mending = words.MappingSteps(samples)
	return nil
}

func codeColour(run importer.Run, code string) colour {
	if run.RejectedBy[code] > 0 {
		return red
	}
	return yellow
}

// Warnings are the remarks of a run.
type Warnings struct {
	Run  importer.Run
	List iter.Seq2[importer.Remark, error]
	Had  int // how many the run had; fewer may be kept
}

func (w Warnings) forPrograms() document {
	return listDocument("warnings", w.List, func(r importer.Remark) any { return toldRemark(r) })
}

// forPeople prints a line for each remark.
func (w Warnings) forPeople(v View) error {
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
	if err := plain.WriteRows(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	left := words.UnreadLine(w.Run)
	if left != "" {
		left = "; " + left
	}
	if warnings+rejections == 0 {
		return v.sayLine("no warnings%s", left)
	}
	kept := ""
	if listed := warnings + rejections; listed < w.Had {
		kept = fmt.Sprintf(", of %s: at most %s of each code are kept", plain.Count(w.Had), plain.Count(importer.RemarksKept))
	}
	return v.sayLine("%s, %s%s; what they mean and what to do: %s%s", plain.Counted(warnings, "warning"),
		plain.Counted(rejections, "rejection"), kept, plain.CommandLine(connector.Typed("help warnings")), left)
}
