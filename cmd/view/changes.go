package view

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// changesShown is how many changes of one action and table are shown.
const changesShown = 20

// actionWords say what an action did, and what it would do.
var actionWords = []struct {
	action      importer.Action
	symbol      string
	done, would string
	differs     string // in a comparison of shop and store
	colour      colour
}{
	{importer.Create, "+", "created", "would be created", "only in the shop", green},
	{importer.Update, "~", "updated", "would be updated", "different", yellow},
	{importer.Remove, "-", "removed", "would be removed", "only in the store", red},
	{importer.Miss, "?", "marked missing", "would be marked missing", "only in the store", yellow},
	{importer.Archive, "x", "archived", "would be archived", "", red},
	{importer.Skip, "=", "kept as edited here", "would be kept as edited here", "", ""},
	{importer.Reject, "!", "rejected", "would be rejected", "", red},
}

// Changes prints the changes of a run by table and action, field by field. They
// come table by table. named gives a record's name, or "" when it is not known;
// it may be nil.
func (v View) Changes(run importer.Run, changes iter.Seq2[importer.Change, error], named func(importer.Change) string) error {
	p := &changePage{View: v, run: run, named: named, groups: map[importer.Action]*changeGroup{}}
	total := 0
	for change, err := range changes {
		if err == nil && change.Table != p.table {
			err = p.flush()
			p.table = change.Table
		}
		if err != nil {
			return err
		}
		p.add(change)
		total++
	}
	if err := p.flush(); err != nil {
		return err
	}
	word := "change"
	if run.Kind == importer.KindReconcile {
		word = "difference"
	}
	if total == 0 {
		return v.say("no %ss", word)
	}
	return v.say("%s", counted(total, word))
}

// changePage holds the changes of one table that will be shown.
type changePage struct {
	View
	run    importer.Run
	named  func(importer.Change) string
	table  *importer.Table
	groups map[importer.Action]*changeGroup
}

type changeGroup struct {
	shown []importer.Change
	total int
}

func (p *changePage) add(change importer.Change) {
	group := p.groups[change.Action]
	if group == nil {
		group = &changeGroup{}
		p.groups[change.Action] = group
	}
	group.total++
	if len(group.shown) < changesShown {
		change.Fields = slices.Clone(change.Fields)
		group.shown = append(group.shown, change)
	}
}

// flush prints the groups of the table that is done.
func (p *changePage) flush() error {
	out := p.View.page()
	for _, words := range actionWords {
		group := p.groups[words.action]
		if group == nil {
			continue
		}
		what := words.done
		switch {
		case p.run.Kind == importer.KindReconcile:
			what = words.differs
		case onlyShows(p.run):
			what = words.would
		}
		out.line("%s: %s %s", p.table.Name, Count(group.total), what)
		for _, change := range group.shown {
			p.title(out, out.paint(words.colour, words.symbol), change)
			p.fields(out, change)
		}
		if rest := group.total - len(group.shown); rest > 0 {
			out.line("  ... and %s more: eshopctl runs changes %s --resource %s --action %s -o jsonl",
				Count(rest), Line(p.run.ID), p.table.Name, words.action)
		}
		out.line("")
	}
	clear(p.groups)
	return out.flush()
}

// title adds the line that names the record.
func (p *changePage) title(out *page, symbol string, c importer.Change) {
	name := ""
	if p.named != nil {
		name = p.named(c)
	}
	if name = cmp.Or(name, nameIn(c)); name != "" {
		name = Cut(Line(name), titleColumns) + "  "
	}
	id := importer.ShowKey(c.Key)
	if id == "" {
		id = "(never in the shop) " + c.LocalID
	}
	out.line("  %s %s%s%s%s", symbol, name, Line(id), digest(c), moved(p.run, c))
}

const titleColumns = 60

// nameColumns are the columns by which people know a record, the best first.
var nameColumns = []string{"title", "name", "sku", "alt"}

// nameIn finds a record's name among the fields of its change.
func nameIn(c importer.Change) string {
	for _, name := range nameColumns {
		for _, field := range c.Fields {
			if c.Table.Columns[field.Column].Name == name {
				if known := cmp.Or(field.Old.Text(), field.New.Text()); known != "" {
					return known
				}
			}
		}
	}
	return ""
}

// toldColumns are the columns that say the most about a record that comes or
// goes as a whole.
var toldColumns = map[*importer.Table][]string{
	importer.Products:    {"status", "vendor"},
	importer.Variants:    {"sku", "price"},
	importer.Media:       {"type", "status"},
	importer.Categories:  {"kind"},
	importer.Memberships: {"position"},
	importer.Warehouses:  {"active"},
	importer.Stock:       {"available", "on_hand"},
}

// digest tells the most about a record that comes or goes as a whole; all of
// its fields would be too much.
func digest(c importer.Change) string {
	if !wholeRecord(c) {
		return ""
	}
	text := ""
	for _, field := range c.Fields {
		column := c.Table.Columns[field.Column]
		value := field.New
		if c.Action == importer.Remove {
			value = field.Old
		}
		if slices.Contains(toldColumns[c.Table], column.Name) && value.Text() != "" {
			text += fmt.Sprintf("  %s %s", column.Name, Cut(Line(value.Text()), titleColumns))
		}
	}
	return text
}

func wholeRecord(c importer.Change) bool {
	return c.Action == importer.Create || c.Action == importer.Remove
}

// fields adds a line for each field that differs.
func (p *changePage) fields(out *page, c importer.Change) {
	if wholeRecord(c) {
		return
	}
	for _, field := range c.Fields {
		old, fresh := contrast(shownValue(field.Old), shownValue(field.New))
		out.line("      %s: %s -> %s", c.Table.Columns[field.Column].Name, old, fresh)
	}
}
