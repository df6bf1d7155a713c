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

// Run is all about one run: what it did or would do, its warnings by code with some
// samples and what to do about them, its error, and the next steps.
type Run struct {
	importer.Run
	Remarks iter.Seq2[importer.Remark, error] // of the run
}

// text prints the run; with --quiet the line of it that matters.
func (r Run) text(v View) error {
	if v.Quiet {
		return v.say("%s", runLine(v, r.Run))
	}
	return printRun(v, r.Run, words.NextSteps(r.Run), func(p *page) error { return addRemarks(p, r.Run, r.Remarks) })
}

// shownWarnings is how many warnings the document of one run holds.
const shownWarnings = 1000

func (r Run) document() document {
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

// Summary is a run as it is shown when it has just ended.
type Summary struct {
	importer.Run
	Remarks iter.Seq2[importer.Remark, error]
	Changes *Changes // nil when they were not asked for
}

// text prints a line for each code of the warnings, and the changes below all else.
func (s Summary) text(v View) error {
	if err := s.textOfRun(v); err != nil || s.Changes == nil {
		return err
	}
	if err := v.say(""); err != nil {
		return err
	}
	return s.Changes.text(v)
}

func (s Summary) textOfRun(v View) error {
	if v.Quiet {
		return v.say("%s", runLine(v, s.Run))
	}
	return printRun(v, s.Run, words.NextSteps(s.Run), func(p *page) error { return addRemarkLines(p, s.Run, s.Remarks) })
}

// Intent is what a run is about to write, before it is asked whether it may.
type Intent struct {
	Preview importer.Run
	Remarks iter.Seq2[importer.Remark, error]
}

func (i Intent) text(v View) error {
	return printRun(v, i.Preview, words.LookSteps(i.Preview), func(p *page) error { return addRemarkLines(p, i.Preview, i.Remarks) })
}

func printRun(v View, run importer.Run, next []plain.Suggestion, remarks func(*page) error) error {
	p := v.page()
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
		p.line("")
		p.text(2, p.paint(red, plain.Line(string(run.Error.Code)))+": "+plain.Line(run.Error.Message))
	}
	p.line("")
	p.text(2, words.Outcome(run))
	p.suggest(slices.Concat(p.mending, next))
	return p.flush()
}

func addHeading(p *page, run importer.Run) {
	p.line("%s %s of store %s  %s", plain.Line(string(run.Kind)), plain.Line(run.ID), plain.Line(run.Store), paintedStatus(p.View, run.Status))
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
	p.text(2, where)
	times := "started " + p.when(run.StartedAt)
	if run.FinishedAt != nil {
		times += ", took " + plain.Took(run.FinishedAt.Sub(run.StartedAt))
	}
	if run.StartedBy != "" {
		times += ", by " + plain.Line(run.StartedBy)
	}
	p.text(2, times)
}

func paintedStatus(v View, s importer.Status) string {
	colours := map[importer.Status]colour{
		importer.Succeeded: green, importer.Partial: yellow, importer.Failed: red, importer.Interrupted: red,
	}
	return v.paint(colours[s], plain.Line(string(s)))
}

// addCounts adds the table of counts, unless the run did not come that far.
func addCounts(p *page, run importer.Run) {
	if run.Counts.Empty() {
		return
	}
	columns, rows := words.CountTable(p.narrow(), run)
	p.line("")
	p.table(columns, rows)
}

// Runs is a list of runs.
type Runs []importer.Run

func (runs Runs) document() document {
	return listDocument("runs", plain.Each(runs), func(r importer.Run) any { return toldRun(r) })
}

func (runs Runs) text(v View) error {
	if len(runs) == 0 {
		return v.say("no runs yet")
	}
	columns := []plain.Column{
		plain.Whole("run"), plain.SparedLast(plain.Text("store")), plain.Text("kind"), plain.Whole("status"), plain.Text("read"), plain.Spared(plain.Text("started")), plain.Spared(plain.Number("took")),
		plain.SparedLast(plain.Number("changes")), plain.SparedLast(plain.Number("rejected")), plain.SparedLast(plain.Number("warnings")),
	}
	rows := make([][]string, len(runs))
	for i, run := range runs {
		rows[i] = runRow(v, run)
	}
	if !words.InPart(runs) {
		columns, rows = without(4, columns, rows)
	}
	if err := plain.Table(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	return v.say("%s", plain.Counted(len(runs), "run"))
}

func runRow(v View, run importer.Run) []string {
	return []string{
		run.ID, run.Store, string(run.Kind), string(run.Status), words.Extent(run), plain.Away(run.StartedAt.Sub(v.now())), words.RunTime(run),
		words.Figure(run, words.ChangeCount(run)), words.Figure(run, run.Counts.Rejected()), words.Figure(run, run.Warnings),
	}
}

// without is a table without one of its columns.
func without(column int, columns []plain.Column, rows [][]string) ([]plain.Column, [][]string) {
	for i := range rows {
		rows[i] = slices.Delete(rows[i], column, column+1)
	}
	return slices.Delete(columns, column, column+1), rows
}

// runLine is the one line of a run that matters.
func runLine(v View, run importer.Run) string {
	return fmt.Sprintf("%s %s of store %s %s: %s", plain.Line(string(run.Kind)), plain.Line(run.ID), plain.Line(run.Store), paintedStatus(v, run.Status), words.Outcome(run))
}

// addUnread adds what the run did not look at, and why.
func addUnread(p *page, run importer.Run) {
	if lines := words.UnreadReasons(run); len(lines) > 0 {
		p.line("")
		p.fact(words.NotRead, strings.Join(lines, "\n"))
	}
}
