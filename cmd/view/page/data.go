package page

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// reportData is what report.html shows. All its texts have been made harmless.
type reportData struct {
	Policy  string
	Style   template.CSS
	Title   string
	Status  string
	Outcome string
	Facts   []words.LabelledText
	Error   *reportError
	Legend  []segment
	Bars    []bar
	Tables  []reportTable
	Moved   []words.LabelledText
	Groups  []remarkGroup
	Changes []changeSet
	Stages  []stageBar
	Next    []plain.Suggestion
	Made    string
}

type reportError struct{ Code, Message string }

// reportTable is a table as on the terminal, with all cells made harmless.
type reportTable struct {
	Head []string
	Rows [][]string // the first cell of each names the row
}

type stageBar struct {
	Name, Took string
	Width      int // of barWidth
}

func (r Run) pageData(now time.Time) (reportData, error) {
	run := r.Run
	page := reportData{
		Title:  plain.Line(string(run.Kind) + " " + run.ID + " of store " + run.Store),
		Status: plain.Line(string(run.Status)), Outcome: words.Outcome(run),
		Facts: reportFacts(run), Legend: legendOf(run), Bars: resourceBars(run), Stages: stageBars(r.Stages),
		Made: plain.MomentText(now) + " by " + plain.Program + " " + plain.Line(r.Version),
	}
	if run.Error != nil {
		page.Error = &reportError{plain.Line(string(run.Error.Code)), plain.Line(run.Error.Message)}
	}
	page.Tables, page.Moved = reportTables(run), words.MovedLines(run)
	for _, s := range words.NextSteps(run) {
		page.Next = append(page.Next, plain.Suggestion{Text: plain.Line(s.Text), Command: plain.Line(s.Command)})
	}
	var err error
	if page.Groups, err = r.remarkGroups(); err != nil {
		return page, err
	}
	page.Changes, err = r.changeSets()
	return page, err
}

func reportFacts(run importer.Run) []words.LabelledText {
	var facts []words.LabelledText
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, words.LabelledText{Label: label, Text: plain.Line(text)})
		}
	}
	add("store", run.Store)
	add("shop", run.Domain)
	add("account", run.AccountID)
	add("reader", string(run.Reader))
	if run.AsOf != nil {
		add("shop read", plain.MomentText(*run.AsOf))
	}
	add(words.NotRead, strings.Join(words.UnreadReasons(run), "; "))
	if run.Plan != run.ID {
		add("plan", run.Plan)
	}
	add("started", plain.MomentText(run.StartedAt))
	add("started by", run.StartedBy)
	if run.FinishedAt != nil {
		add("finished", plain.MomentText(*run.FinishedAt))
		add("took", plain.DurationText(run.FinishedAt.Sub(run.StartedAt)))
	}
	return facts
}

// reportTables are the tables that the terminal shows for the run.
func reportTables(run importer.Run) []reportTable {
	switch {
	case run.Counts.IsEmpty() && run.Reconciliation == nil:
		return nil
	case run.Reconciliation == nil:
		return []reportTable{tableOf(words.CountTable(false, run))}
	}
	tables := []reportTable{tableOf(words.ReconcileTable(false, run))}
	if units := words.UnitRows(run.Reconciliation.Units); len(units) > 0 {
		tables = append(tables, tableOf(words.UnitColumns(), units))
	}
	return tables
}

func tableOf(columns []plain.Column, rows [][]string) reportTable {
	var t reportTable
	for _, column := range columns {
		t.Head = append(t.Head, cmp.Or(column.Name, "resource"))
	}
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = plain.Line(cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func stageBars(stages []Stage) []stageBar {
	longest := time.Duration(1)
	for _, s := range stages {
		longest = max(longest, s.Took)
	}
	var drawn []stageBar
	for _, s := range stages {
		drawn = append(drawn, stageBar{s.Name, plain.DurationText(s.Took), int(int64(max(s.Took, 0)) * barWidth / int64(longest))})
	}
	return drawn
}

// remarkGroup are the remarks of one code.
type remarkGroup struct {
	Code, Severity, Means, Count string
	Hint                         string
	Samples                      []reportRemark
	More, Command                string // how many are not shown, and the command that lists them
}

type reportRemark struct{ Message, Resource, ID string }

// reportSamples is how many remarks of a code and how many changes of an action are shown.
const reportSamples = 20

func (r Run) remarkGroups() ([]remarkGroup, error) {
	samples, err := words.SampleRemarks(r.Run, r.Remarks, reportSamples)
	if err != nil {
		return nil, err
	}
	var groups []remarkGroup
	for _, code := range words.RemarkCodes(r.Run) {
		rejected := r.Run.RejectedBy[code]
		n := r.Run.WarningsBy[code] + rejected
		if n == 0 {
			continue
		}
		group := remarkGroup{
			Code: plain.Line(code), Severity: "warning", Count: plain.Counted(n, "warning"),
			Command: plain.Line(plain.CommandLine(words.WarningsCommand(r.Run, code))),
		}
		if rejected > 0 {
			group.Severity, group.Count = "rejection", plain.Counted(n, "rejection")
		}
		if r.Explain != nil {
			group.Means = r.Explain(code)
		}
		for _, remark := range samples[code] {
			sample := reportRemark{plain.Line(remark.Message), plain.Line(remark.Resource), plain.Line(remark.ExternalID)}
			group.Samples = append(group.Samples, sample)
			group.Hint = cmp.Or(group.Hint, plain.Line(plain.Steps(remark.Next)))
		}
		if rest := n - len(group.Samples); rest > 0 {
			group.More = plain.Count(rest)
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// changeSet are the changes of one action in one table.
type changeSet struct {
	Title, Symbol string
	Changes       []reportChange
	More, Command string
	Lost          string // more, of which only the number is kept
}

type reportChange struct {
	Name, ID, Digest, Mark string
	Fields                 []reportField
}

type reportField struct{ Name, Old, New string }

func (r Run) changeSets() ([]changeSet, error) {
	var sets []changeSet
	for _, t := range importer.Tables() {
		if r.Changes == nil {
			break
		}
		kept, err := r.changesKept(t)
		if err != nil {
			return nil, err
		}
		for _, word := range words.ActionWords() {
			if changes := kept[word.Action]; len(changes) > 0 {
				sets = append(sets, r.changeSet(t, word, changes))
			}
		}
	}
	return sets, nil
}

// changesKept are the first changes of each action, up to reportSamples.
func (r Run) changesKept(t *importer.Table) (map[importer.Action][]importer.Change, error) {
	kept := map[importer.Action][]importer.Change{}
	wanted := 0
	for _, word := range words.ActionWords() {
		wanted += min(reportSamples, actionCount(r.Run.Counts.Of(t), word.Action))
	}
	if wanted == 0 {
		return kept, nil
	}
	for change, err := range r.Changes(t) {
		if err != nil {
			return nil, err
		}
		if len(kept[change.Action]) == reportSamples || change.Filled {
			continue
		}
		change.Fields = slices.Clone(change.Fields)
		kept[change.Action] = append(kept[change.Action], change)
		if wanted--; wanted == 0 {
			break
		}
	}
	return kept, nil
}

func (r Run) changeSet(t *importer.Table, word words.ActionWord, changes []importer.Change) changeSet {
	total := max(actionCount(r.Run.Counts.Of(t), word.Action), len(changes))
	set := changeSet{
		Title: t.Name + ": " + plain.Count(total) + " " + word.For(r.Run), Symbol: word.Symbol,
		Command: plain.Line(plain.CommandLine(
			connector.Typed("runs changes", r.Run.ID, "--resource", t.Name, "--action", string(word.Action), "-o", "jsonl"))),
	}
	for _, c := range changes {
		set.Changes = append(set.Changes, r.reportChange(c))
	}
	gone := 0
	for _, c := range changes {
		gone += words.LostRecords(c)
	}
	if gone > 0 {
		set.Lost = plain.Count(gone) + " more, " + words.LostWords
	}
	if rest := total - gone - len(changes); rest > 0 {
		set.More = plain.Count(rest)
	}
	return set
}

func (r Run) reportChange(c importer.Change) reportChange {
	name := ""
	if r.Name != nil {
		name = r.Name(c)
	}
	name = plain.Cut(plain.Line(cmp.Or(name, words.NameIn(c))), reportColumns)
	id := plain.Line(importer.ShowKey(c.Key))
	if id == "" {
		id = "never in the shop, here " + plain.Line(c.LocalID)
	}
	shown := reportChange{Name: name, ID: id, Digest: words.Digest(c), Mark: strings.Trim(words.ChangeMark(r.Run, c), " ()")}
	if words.IsWhole(c) {
		return shown
	}
	for _, field := range c.Fields {
		old, fresh := words.ShownField(c.Table, field)
		shown.Fields = append(shown.Fields, reportField{c.Table.Columns[field.Column].Name, old, fresh})
	}
	return shown
}

// actionCount is how many changes of an action were counted.
func actionCount(c *importer.Counts, action importer.Action) int {
	switch action {
	case importer.Create:
		return c.Created
	case importer.Update:
		return c.Updated - c.Filled
	case importer.Remove:
		return c.Removed
	case importer.Miss:
		return c.Missing - c.Archived
	case importer.Archive:
		return c.Archived
	case importer.Skip:
		return c.Skipped
	case importer.Reject:
		return c.Rejected
	}
	return 0
}

// reportColumns is how many characters of a name are shown.
const reportColumns = 200
