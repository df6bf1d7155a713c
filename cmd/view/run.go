package view

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
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
	return printRun(v, r.Run, nextSteps(r.Run), func(p *page) error { return addRemarks(p, r.Run, r.Remarks) })
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
	return printRun(v, s.Run, nextSteps(s.Run), func(p *page) error { return addRemarkLines(p, s.Run, s.Remarks) })
}

// Intent is what a run is about to write, before it is asked whether it may.
type Intent struct {
	Preview importer.Run
	Remarks iter.Seq2[importer.Remark, error]
}

func (i Intent) text(v View) error {
	return printRun(v, i.Preview, lookSteps(i.Preview), func(p *page) error { return addRemarkLines(p, i.Preview, i.Remarks) })
}

func printRun(v View, run importer.Run, next []Suggestion, remarks func(*page) error) error {
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
	p.text(2, outcome(run))
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

const filled = "filled"

// countColumns are the columns of a table of counts. Those that are not shown
// always are left out where they are all zero.
var countColumns = []struct {
	done, would string
	always      bool
	of          func(*importer.Counts) int
}{
	{"read", "read", true, func(c *importer.Counts) int { return c.Read }},
	{"created", "would create", true, func(c *importer.Counts) int { return c.Created }},
	{"updated", "would update", true, func(c *importer.Counts) int { return c.Updated }},
	{filled, "would fill", false, func(c *importer.Counts) int { return c.Filled }},
	{"unchanged", "unchanged", true, func(c *importer.Counts) int { return c.Unchanged }},
	{"skipped", "would skip", false, func(c *importer.Counts) int { return c.Skipped }},
	{"rejected", "would reject", false, func(c *importer.Counts) int { return c.Rejected }},
	{"missing", "missing", false, func(c *importer.Counts) int { return c.Missing }},
	{"archived", "would archive", false, func(c *importer.Counts) int { return c.Archived }},
	{"removed", "would remove", false, func(c *importer.Counts) int { return c.Removed }},
	{"drifted", "drifted", false, func(c *importer.Counts) int { return c.Drifted }},
}

// onlyShows reports whether the counts of a run say what would happen.
func onlyShows(run importer.Run) bool {
	return run.Kind == importer.KindPreview || run.Kind == importer.KindReconcile || run.Status != importer.Succeeded && run.Status != importer.Partial
}

// addCounts adds the table of counts, unless the run did not come that far.
func addCounts(p *page, run importer.Run) {
	if run.Counts.Empty() {
		return
	}
	columns, rows := countedTable(p.View, run)
	p.line("")
	p.table(columns, rows)
}

// countedTable is the table of what became of the records.
func countedTable(v View, run importer.Run) ([]plain.Column, [][]string) {
	columns, rows := []plain.Column{plain.Whole("")}, [][]string{}
	for _, t := range importer.Tables() {
		rows = append(rows, []string{t.Name})
	}
	for _, column := range countColumns {
		if !column.always && !anyCount(&run.Counts, column.of) {
			continue
		}
		name := column.done
		if onlyShows(run) {
			name = brief(v, column.would)
		}
		columns = append(columns, plain.Number(name))
		for i, t := range importer.Tables() {
			rows[i] = append(rows[i], counted(run, t, len(rows[i]) == 1, column.of(run.Counts.Of(t))))
		}
	}
	return columns, rows
}

// counted is a figure about a table; of one that the run did not look at the first
// says so and the others nothing.
func counted(run importer.Run, t *importer.Table, first bool, n int) string {
	switch {
	case run.LookedAt(t):
		return plain.Count(n)
	case first:
		return notRead
	}
	return ""
}

// brief leaves out of a head what a narrow window has no room for; that nothing
// was done yet is said below the table.
func brief(v View, would string) string {
	if !v.narrow() {
		return would
	}
	return strings.TrimPrefix(would, "would ")
}

func anyCount(tally *importer.Tally, of func(*importer.Counts) int) bool {
	return slices.ContainsFunc(importer.Tables(), func(t *importer.Table) bool { return of(tally.Of(t)) != 0 })
}

// outcome is what came of a run in one line, the last thing that is said.
func outcome(run importer.Run) string {
	writes, rejected := run.Counts.Writes(), run.Counts.Rejected()
	remarks := ""
	if rejected > 0 {
		remarks += ", " + plain.Counted(rejected, "record") + " rejected"
	}
	if run.Warnings > 0 {
		remarks += ", " + plain.Counted(run.Warnings, "warning")
	}
	changes := plain.Counted(writes, "change")
	left := leftUnread(run)
	if left != "" {
		left = " N" + left[1:] + "."
	}
	switch {
	case run.Status == importer.Running:
		return "It is still running."
	case run.Status == importer.Interrupted:
		return "It was interrupted. Nothing was written into the catalogue."
	case run.Status == importer.Failed:
		return "It failed. Nothing was written into the catalogue."
	case run.Kind == importer.KindPreview && writes == 0:
		return "Nothing would change" + in(run) + remarks + "." + left
	case run.Kind == importer.KindPreview:
		return changes + " would be written" + remarks + ". Nothing was written yet." + left
	case run.Kind == importer.KindReconcile && run.Differences() == 0:
		return "Shop and store are the same" + in(run) + remarks + "." + left
	case run.Kind == importer.KindReconcile:
		return plain.Counted(run.Differences(), "difference") + " found" + remarks + ". Nothing was written into the catalogue." + left
	case writes == 0:
		return "Nothing had to be changed" + in(run) + remarks + "." + left
	default:
		return changes + " written" + remarks + "." + left
	}
}

// codes are the codes of a run's remarks, rejections first.
func codes(run importer.Run) []string {
	return append(slices.Sorted(maps.Keys(run.RejectedBy)), slices.Sorted(maps.Keys(run.WarningsBy))...)
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
	if !inPart(runs) {
		columns, rows = without(4, columns, rows)
	}
	if err := plain.Table(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	return v.say("%s", plain.Counted(len(runs), "run"))
}

func runRow(v View, run importer.Run) []string {
	return []string{
		run.ID, run.Store, string(run.Kind), string(run.Status), extent(run), plain.Away(run.StartedAt.Sub(v.now())), took(run),
		figure(run, changesOf(run)), figure(run, run.Counts.Rejected()), figure(run, run.Warnings),
	}
}

// without is a table without one of its columns.
func without(column int, columns []plain.Column, rows [][]string) ([]plain.Column, [][]string) {
	for i := range rows {
		rows[i] = slices.Delete(rows[i], column, column+1)
	}
	return slices.Delete(columns, column, column+1), rows
}

// changesOf is what a run wrote, or what a preview would write; an import that was
// stopped wrote nothing.
func changesOf(run importer.Run) int {
	if run.Kind == importer.KindImport && onlyShows(run) {
		return 0
	}
	return run.Counts.Writes()
}

// took is how long a run took, "" while it is at work.
func took(run importer.Run) string {
	if run.FinishedAt == nil {
		return ""
	}
	return plain.Took(run.FinishedAt.Sub(run.StartedAt))
}

// runLine is the one line of a run that matters.
func runLine(v View, run importer.Run) string {
	return fmt.Sprintf("%s %s of store %s %s: %s", plain.Line(string(run.Kind)), plain.Line(run.ID), plain.Line(run.Store), paintedStatus(v, run.Status), outcome(run))
}
