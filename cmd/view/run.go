package view

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer"
)

// Run is one run in full: what it did or would do, its warnings by code with samples and
// cures, its error, and the next steps.
type Run struct {
	importer.Run
	Remarks iter.Seq2[importer.Remark, error] // of the run
}

// forPeople prints the run, with --quiet only the line that matters.
func (r Run) forPeople(v View) error {
	if v.Quiet {
		return v.sayLine("%s", runLine(v, r.Run))
	}
	return printRun(v, r.Run, words.NextSteps(r.Run), func(p *sheet) error { return addRemarks(p, r.Run, r.Remarks) })
}

// shownWarnings is how many warnings the JSON of one run holds at most.
const shownWarnings = 1000

func (r Run) forPrograms() document {
	return document{whole: func() (any, error) {
		warnings, err := r.firstWarnings()
		return map[string]any{"run": toldRun(r.Run), "warnings": warnings}, err
	}}
}

func (r Run) firstWarnings() ([]importer.Remark, error) {
	warnings := []importer.Remark{}
	for remark, err := range r.Remarks {
		if err != nil {
			return nil, err
		}
		if warnings = append(warnings, toldRemark(remark)); len(warnings) == shownWarnings {
			break
		}
	}
	return warnings, nil
}

// Summary is a run that has just ended.
type Summary struct {
	importer.Run
	Remarks iter.Seq2[importer.Remark, error]
	Changes *Changes // nil when they were not asked for
}

// forPeople prints a line for each code of the warnings, and the changes at the end.
func (s Summary) forPeople(v View) error {
	if err := s.textOfRun(v); err != nil || s.Changes == nil {
		return err
	}
	if err := v.sayLine(""); err != nil {
		return err
	}
	return s.Changes.forPeople(v)
}

func (s Summary) textOfRun(v View) error {
	if v.Quiet {
		return v.sayLine("%s", runLine(v, s.Run))
	}
	return printRun(v, s.Run, words.NextSteps(s.Run), func(p *sheet) error { return addRemarkLines(p, s.Run, s.Remarks) })
}

// Intent is what a run is about to write, shown before the question.
type Intent struct {
	Preview importer.Run
	Remarks iter.Seq2[importer.Remark, error]
}

func (i Intent) forPeople(v View) error {
	return printRun(v, i.Preview, words.LookSteps(i.Preview), func(p *sheet) error { return addRemarkLines(p, i.Preview, i.Remarks) })
}

func printRun(v View, run importer.Run, next []plain.Suggestion, remarks func(*sheet) error) error {
	p := v.newSheet()
	addHeading(p, run)
	if run.Kind == importer.KindReconcile {
		addReconciliation(p, run)
	} else {
		addCounts(p, run)
	}
	addUnread(p, run)
	if err := remarks(p); err != nil {
		return err
	}
	if run.Error != nil {
		p.addLine("")
		p.addText(2, p.paint(red, plain.Line(string(run.Error.Code)))+": "+plain.Line(run.Error.Message))
	}
	p.addLine("")
	p.addText(2, words.Outcome(run))
	p.addSuggestions(slices.Concat(p.mending, next))
	return p.flush()
}

func addHeading(p *sheet, run importer.Run) {
	p.addLine("%s %s of store %s  %s",
		plain.Line(string(run.Kind)), plain.Line(run.ID), plain.Line(run.Store), paintedStatus(p.View, run.Status))
	where := plain.Line(run.Domain)
	switch run.Reader {
	case importer.ReaderBulk, importer.ReaderPaged:
		where += ", reader " + string(run.Reader)
	case importer.ReaderReplay:
		where += ", replayed from a stored snapshot"
	}
	if run.Plan != "" && run.Plan != run.ID {
		where += ", plan " + plain.Line(run.Plan)
	}
	p.addText(2, where)
	times := "started " + p.timeText(run.StartedAt)
	if run.FinishedAt != nil {
		times += ", took " + plain.DurationText(run.FinishedAt.Sub(run.StartedAt))
	}
	if run.StartedBy != "" {
		times += ", by " + plain.Line(run.StartedBy)
	}
	p.addText(2, times)
}

func paintedStatus(v View, s importer.Status) string {
	colours := map[importer.Status]colour{
		importer.Succeeded: green, importer.Partial: yellow, importer.Failed: red, importer.Interrupted: red,
	}
	return v.paint(colours[s], plain.Line(string(s)))
}

// addCounts adds the table of counts, if the run came that far.
func addCounts(p *sheet, run importer.Run) {
	if run.Counts.IsEmpty() {
		return
	}
	columns, rows := words.CountTable(p.isNarrow(), run)
	p.addLine("")
	p.addTable(columns, rows)
}

// Runs is a list of runs.
type Runs []importer.Run

func (runs Runs) forPrograms() document {
	return listDocument("runs", plain.EachOf(runs), func(r importer.Run) any { return toldRun(r) })
}

func (runs Runs) forPeople(v View) error {
	if len(runs) == 0 {
		return v.sayLine("no runs yet")
	}
	columns := []plain.Column{
		plain.Whole("run"), plain.SparedLast(plain.Text("store")), plain.Text("kind"), plain.Whole("status"), plain.Text("read"),
		plain.Spared(plain.Text("started")), plain.Spared(plain.Number("took")),
		plain.SparedLast(plain.Number("changes")), plain.SparedLast(plain.Number("rejected")), plain.SparedLast(plain.Number("warnings")),
	}
	rows := make([][]string, len(runs))
	for i, run := range runs {
		rows[i] = runRow(v, run)
	}
	if !words.InPart(runs) {
		columns, rows = withoutColumn(4, columns, rows)
	}
	if err := plain.WriteTable(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	return v.sayLine("%s", plain.Counted(len(runs), "run"))
}

func runRow(v View, run importer.Run) []string {
	return []string{
		run.ID, run.Store, string(run.Kind), string(run.Status), words.Extent(run),
		plain.AwayText(run.StartedAt.Sub(v.now())), words.RunTime(run),
		words.Figure(run, words.ChangeCount(run)), words.Figure(run, run.Counts.RejectedRecords()), words.Figure(run, run.Warnings),
	}
}

// withoutColumn removes a column from a table.
func withoutColumn(column int, columns []plain.Column, rows [][]string) ([]plain.Column, [][]string) {
	for i := range rows {
		rows[i] = slices.Delete(rows[i], column, column+1)
	}
	return slices.Delete(columns, column, column+1), rows
}

// runLine is the one line of a run that matters.
func runLine(v View, run importer.Run) string {
	return fmt.Sprintf("%s %s of store %s %s: %s",
		plain.Line(string(run.Kind)), plain.Line(run.ID), plain.Line(run.Store), paintedStatus(v, run.Status), words.Outcome(run))
}

// addUnread adds what the run did not read, and why.
func addUnread(p *sheet, run importer.Run) {
	if lines := words.UnreadReasons(run); len(lines) > 0 {
		p.addLine("")
		p.addFact(words.NotRead, strings.Join(lines, "\n"))
	}
}
