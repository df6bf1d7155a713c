package view

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer"
)

// StoreOutcome is the result of a command in one store of several. Its JSON is a contract
// with scripts: a run, or why there is none.
type StoreOutcome struct {
	Store string             `json:"store"`
	Exit  int                `json:"exit_status"`
	Run   *importer.Run      `json:"run"`
	Error *importer.RunError `json:"error"` // also that of the run
}

// MarshalJSON writes commands as text.
func (o StoreOutcome) MarshalJSON() ([]byte, error) {
	type fields StoreOutcome // without this method
	o.Run, o.Error = toldLast(o.Run), toldError(o.Error)
	return plain.EncodeJSON(fields(o))
}

// EndText is the outcome in a few words.
func (o StoreOutcome) EndText() string {
	switch {
	case o.Run == nil && o.Error != nil:
		return "failed: " + plain.Line(o.Error.Message)
	case o.Run == nil:
		return "failed"
	case o.Error != nil:
		return plain.Line(string(o.Run.Status)) + ": " + plain.Line(o.Error.Message)
	default:
		return plain.Line(string(o.Run.Status)) + ". " + words.Outcome(*o.Run)
	}
}

// Stores are the results of a command in several stores.
type Stores []StoreOutcome

func (outcomes Stores) forPrograms() document {
	return listDocument("stores", plain.EachOf(outcomes), func(o StoreOutcome) any { return o })
}

// forPeople prints a table, then what failed and what to do about it, store by store.
func (outcomes Stores) forPeople(v View) error {
	p := v.newSheet()
	columns := []plain.Column{
		plain.Whole("store"), plain.Whole("run"), plain.Whole("status"), plain.Text("read"), plain.Spared(plain.Number("took")),
		plain.Number("changes"), plain.Number("rejected"), plain.Number("warnings"), plain.Spared(plain.Number("exit")),
	}
	var rows [][]string
	var runs []importer.Run
	well := 0
	for _, o := range outcomes {
		row := []string{o.Store, "", "not started", "", "", "", "", "", plain.Count(o.Exit)}
		if run := o.Run; run != nil {
			row = []string{
				o.Store, run.ID, string(run.Status), words.Extent(*run), words.RunTime(*run),
				words.Figure(*run, run.Counts.RowWrites()), words.Figure(*run, run.Counts.RejectedRecords()),
				words.Figure(*run, run.Warnings), plain.Count(o.Exit),
			}
			runs = append(runs, *run)
		}
		if o.Error == nil {
			well++
		}
		rows = append(rows, row)
	}
	if !words.InPart(runs) {
		columns, rows = withoutColumn(3, columns, rows)
	}
	p.addTable(columns, rows)
	addTroubles(p, outcomes)
	p.addLine("")
	p.addLine("  %s", storesOutcome(outcomes, well))
	return p.flush()
}

// addTroubles adds, store by store, what failed and its cure, and what was left out.
func addTroubles(p *sheet, outcomes []StoreOutcome) {
	for _, o := range outcomes {
		switch {
		case o.Error != nil:
			p.addLine("")
			p.addLine("  %s  %s: %s", plain.Line(o.Store), p.paint(red, plain.Line(string(o.Error.Code))), plain.Line(o.Error.Message))
			p.addNext(4, o.Error.Next)
		case o.Run != nil && len(o.Run.NotRead) > 0:
			p.addLine("")
			p.addLine("  %s  not read: %s", plain.Line(o.Store), strings.Join(words.UnreadReasons(*o.Run), "; "))
		}
	}
}

func storesOutcome(outcomes []StoreOutcome, well int) string {
	text := plain.Counted(len(outcomes), "store") + ": " + plain.Count(well) + " done"
	if failed := len(outcomes) - well; failed > 0 {
		text += ", " + plain.Count(failed) + " failed"
	}
	if well == 0 {
		return text + "."
	}
	changes, noun, what := 0, "change", " written"
	for _, o := range outcomes {
		if o.Run == nil || o.Error != nil {
			continue
		}
		if o.Run.Kind == importer.KindReconcile {
			noun, what = "difference", " found"
			changes += o.Run.DifferentRecords()
			continue
		}
		if words.OnlyShows(*o.Run) {
			what = " would be written"
		}
		changes += o.Run.Counts.RowWrites()
	}
	return strings.Join([]string{text, plain.Counted(changes, noun) + what}, "; ") + "."
}
