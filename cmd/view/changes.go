package view

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// ChangesShown is how many changes of one action and table are shown by default.
const ChangesShown = 20

var actionColours = map[importer.Action]colour{
	importer.Create: green, importer.Update: yellow, importer.Remove: red, importer.Miss: yellow, importer.Archive: red,
	importer.Reject: red,
}

// Changes are the changes of a run, table by table.
type Changes struct {
	Run   importer.Run
	List  iter.Seq2[importer.Change, error]
	Name  func(importer.Change) string // the name of the record, "" when it is not known; may be nil
	Limit int                          // how many of each table and action are shown; 0 for all
}

// forPeople prints changes by table and action: how many there are, which fields they
// touch, and field by field as many as the limit allows. Stock that goes to zero is a group
// of its own. Without a limit changes are printed as they come, and none is held in memory.
func (c Changes) forPeople(v View) error {
	p := &changeList{View: v, Changes: c, groups: map[importer.Action]*changeGroup{}}
	total := 0
	for change, err := range c.List {
		if err == nil && change.Table != p.table {
			err = p.turnTo(change.Table)
		}
		if err == nil {
			err = p.addChange(change)
		}
		if err != nil {
			return err
		}
		total += 1 + words.LostRecords(change)
	}
	if err := p.turnTo(nil); err != nil {
		return err
	}
	word := "change"
	if c.Run.Kind == importer.KindReconcile {
		word = "difference"
	}
	left := words.UnreadLine(c.Run)
	if left != "" {
		left = "; " + left
	}
	if total == 0 {
		return v.sayLine("no %ss%s", word, left)
	}
	return v.sayLine("%s%s", plain.Counted(total, word), left)
}

// changeList collects the changes of one table that will be shown.
type changeList struct {
	View
	Changes
	table  *importer.Table
	groups map[importer.Action]*changeGroup
}

type changeGroup struct {
	shown  []importer.Change
	total  int
	lost   int         // of these, only the number is kept
	fields map[int]int // how many changes touch a column
}

func (p *changeList) addChange(change importer.Change) error {
	if p.Limit == 0 {
		out := p.View.newSheet()
		p.printChange(out, change)
		if n := words.LostRecords(change); n > 0 {
			out.addLine("  ... and %s more, %s", plain.Count(n), words.LostWords)
		}
		return out.flush()
	}
	action := change.Action
	switch {
	case change.Zeroed:
		action = importer.Zero
	case change.Filled:
		action = importer.Fill
	}
	group := p.groups[action]
	if group == nil {
		group = &changeGroup{fields: map[int]int{}}
		p.groups[action] = group
	}
	group.total += 1 + words.LostRecords(change)
	group.lost += words.LostRecords(change)
	for _, field := range change.Fields {
		group.fields[field.Column]++
	}
	if len(group.shown) < p.Limit && !change.Filled {
		change.Fields = slices.Clone(change.Fields)
		group.shown = append(group.shown, change)
	}
	return nil
}

// turnTo prints the groups of the current table and begins the next one, nil after the
// last.
func (p *changeList) turnTo(next *importer.Table) error {
	out := p.View.newSheet()
	if p.Limit == 0 {
		if p.table != nil {
			out.addLine("")
		}
		if next != nil {
			out.addLine("%s:", next.Name)
		}
	}
	for _, word := range words.ActionWords() {
		if group := p.groups[word.Action]; group != nil {
			p.printGroup(out, *group, p.actionText(word), word.Action)
		}
	}
	clear(p.groups)
	p.table = next
	return out.flush()
}

// actionText is the word for an action in this run.
func (p *changeList) actionText(word words.ActionWord) string {
	if p.Run.Kind == importer.KindReconcile {
		return word.Differs
	}
	return word.For(p.Run)
}

func (p *changeList) printGroup(out *sheet, group changeGroup, what string, action importer.Action) {
	rest := group.total - group.lost - len(group.shown)
	many := rest > 0 && action == importer.Update || action == importer.Fill
	out.addLine("%s: %s %s%s", p.table.Name, plain.Count(group.total), what, p.touchedFields(group, many))
	for _, change := range group.shown {
		p.printChange(out, change)
	}
	if rest > 0 && action != importer.Fill {
		more := fmt.Sprintf("  ... and %s more:", plain.Count(rest))
		all := connector.Typed("runs changes", p.Run.ID, "--resource", p.table.Name, "--action", string(action), "--limit", "0")
		command := plain.Line(plain.CommandLine(all))
		if p.Width > 0 && plain.WidthOf(more)+1+plain.WidthOf(command) > p.Width {
			out.addLine("%s", more)
			more = fmt.Sprintf("%*s", fieldIndent-1, "")
		}
		out.addLine("%s %s", more, command) // on one line, to be copied
	}
	if group.lost > 0 {
		out.addLine("  ... and %s more, %s", plain.Count(group.lost), words.LostWords)
	}
	out.addLine("")
}

// touchedFields are the fields that many changes touch, the most frequent first.
func (p *changeList) touchedFields(group changeGroup, many bool) string {
	if !many {
		return ""
	}
	columns := slices.SortedFunc(maps.Keys(group.fields), func(a, b int) int {
		return cmp.Or(cmp.Compare(group.fields[b], group.fields[a]), cmp.Compare(a, b))
	})
	text := ""
	for _, column := range columns {
		text += fmt.Sprintf(", %s %s", p.table.Columns[column].Name, plain.Count(group.fields[column]))
	}
	if text != "" {
		text = " (" + text[2:] + ")"
	}
	return text
}

// printChange adds one change: the record, then its fields.
func (p *changeList) printChange(out *sheet, c importer.Change) {
	for _, word := range words.ActionWords() {
		if word.Action == c.Action {
			p.printTitle(out, out.paint(actionColours[c.Action], word.Symbol), c)
		}
	}
	p.printFields(out, c)
}

// printTitle adds the line that names the record.
func (p *changeList) printTitle(out *sheet, symbol string, c importer.Change) {
	name := ""
	if p.Name != nil {
		name = p.Name(c)
	}
	if name = cmp.Or(name, words.NameIn(c)); name != "" {
		name = plain.Cut(plain.Line(name), words.TitleColumns) + "  "
	}
	id := importer.ShowKey(c.Key)
	if id == "" {
		id = "(never in the shop) " + c.LocalID
	}
	for i, line := range out.wrapText(name+plain.Line(id)+words.Digest(c)+words.ChangeMark(p.Run, c), fieldIndent) {
		if i == 0 {
			out.addLine("  %s %s", symbol, strings.TrimRight(line, " "))
		} else {
			out.addLine("%*s%s", fieldIndent, "", strings.TrimRight(line, " "))
		}
	}
}

// fieldIndent is the indent of the fields of a change, and of a wrapped title.
const fieldIndent = 6

// printFields adds a line for each field that differs.
func (p *changeList) printFields(out *sheet, c importer.Change) {
	if words.IsWhole(c) {
		return
	}
	for _, field := range c.Fields {
		old, fresh := words.ShownField(c.Table, field)
		mark := ""
		if who := c.WhoMovedField(field); who != c.WhoMoved() {
			mark = words.MovedMark(who)
		}
		out.addLine("      %s: %s -> %s%s", c.Table.Columns[field.Column].Name, old, fresh, mark)
	}
}
