package view

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// ChangesShown is how many changes of one action and table are shown when nothing
// else is asked for.
const ChangesShown = 20

// actionWords say what an action did, and what it would do.
var actionWords = []struct {
	action      importer.Action
	symbol      string
	done, would string
	differs     string // in a comparison of shop and store
	colour      colour
}{
	{importer.Zero, "", "taken from above zero to zero, or away", "would go from above zero to zero, or away", "", red},
	{importer.Create, "+", "created", "would be created", "only in the shop", green},
	{importer.Update, "~", "updated", "would be updated", "different", yellow},
	{importer.Fill, "", "filled in columns that are new", "would be filled in columns that are new", "empty in columns that are new", ""},
	{importer.Remove, "-", "removed", "would be removed", "only in the store", red},
	{importer.Miss, "?", "marked missing", "would be marked missing", "only in the store", yellow},
	{importer.Archive, "x", "archived", "would be archived", "", red},
	{importer.Skip, "=", "kept as edited here", "would be kept as edited here", "", ""},
	{importer.Reject, "!", "rejected", "would be rejected", "", red},
}

// Changes are the changes of a run, table by table.
type Changes struct {
	Run   importer.Run
	List  iter.Seq2[importer.Change, error]
	Name  func(importer.Change) string // of a record, "" when it is not known; may be nil
	Limit int                          // how many of each table and action are shown; 0 for all
}

// text prints changes by table and action, field by field: of each at most the limit,
// after how many there are and which fields they touch; stock that goes to zero
// stands apart. Without a limit all are listed as they come, none held.
func (c Changes) text(v View) error {
	p := &changePage{View: v, Changes: c, groups: map[importer.Action]*changeGroup{}}
	total := 0
	for change, err := range c.List {
		if err == nil && change.Table != p.table {
			err = p.turn(change.Table)
		}
		if err == nil {
			err = p.add(change)
		}
		if err != nil {
			return err
		}
		total += 1 + lost(change)
	}
	if err := p.turn(nil); err != nil {
		return err
	}
	word := "change"
	if c.Run.Kind == importer.KindReconcile {
		word = "difference"
	}
	left := leftUnread(c.Run)
	if left != "" {
		left = "; " + left
	}
	if total == 0 {
		return v.say("no %ss%s", word, left)
	}
	return v.say("%s%s", plain.Counted(total, word), left)
}

// changePage holds the changes of one table that will be shown.
type changePage struct {
	View
	Changes
	table  *importer.Table
	groups map[importer.Action]*changeGroup
}

type changeGroup struct {
	shown  []importer.Change
	total  int
	lost   int         // of these, known by their number only
	fields map[int]int // how many changes touch a column
}

// lost is how many records a change stands for besides its own: created ones whose
// snapshot is not kept any more.
func lost(c importer.Change) int { return max(c.Records-1, 0) }

const lostWords = "of which only the number is kept: the snapshot that they came from was dropped"

func (p *changePage) add(change importer.Change) error {
	if p.Limit == 0 {
		out := p.View.page()
		p.change(out, change)
		if n := lost(change); n > 0 {
			out.line("  ... and %s more, %s", plain.Count(n), lostWords)
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
	group.total += 1 + lost(change)
	group.lost += lost(change)
	for _, field := range change.Fields {
		group.fields[field.Column]++
	}
	if len(group.shown) < p.Limit && !change.Filled {
		change.Fields = slices.Clone(change.Fields)
		group.shown = append(group.shown, change)
	}
	return nil
}

// turn prints the groups of the table that is done and goes on to the next, nil
// after the last.
func (p *changePage) turn(next *importer.Table) error {
	out := p.View.page()
	if p.Limit == 0 {
		if p.table != nil {
			out.line("")
		}
		if next != nil {
			out.line("%s:", next.Name)
		}
	}
	for _, words := range actionWords {
		if group := p.groups[words.action]; group != nil {
			p.group(out, *group, p.what(words.action), words.action)
		}
	}
	clear(p.groups)
	p.table = next
	return out.flush()
}

// what says what an action does in this run.
func (p *changePage) what(action importer.Action) string {
	for _, words := range actionWords {
		switch {
		case words.action != action:
		case p.Run.Kind == importer.KindReconcile:
			return words.differs
		case onlyShows(p.Run):
			return words.would
		default:
			return words.done
		}
	}
	return string(action)
}

func (p *changePage) group(out *page, group changeGroup, what string, action importer.Action) {
	rest := group.total - group.lost - len(group.shown)
	out.line("%s: %s %s%s", p.table.Name, plain.Count(group.total), what, p.touched(group, rest > 0 && action == importer.Update || action == importer.Fill))
	for _, change := range group.shown {
		p.change(out, change)
	}
	if rest > 0 && action != importer.Fill {
		more := fmt.Sprintf("  ... and %s more:", plain.Count(rest))
		command := plain.Line(plain.CommandLine(connector.Typed("runs changes", p.Run.ID, "--resource", p.table.Name, "--action", string(action), "--limit", "0")))
		if p.Width > 0 && plain.Wide(more)+1+plain.Wide(command) > p.Width {
			out.line("%s", more)
			more = fmt.Sprintf("%*s", fieldIndent-1, "")
		}
		out.line("%s %s", more, command) // on one line, to be copied
	}
	if group.lost > 0 {
		out.line("  ... and %s more, %s", plain.Count(group.lost), lostWords)
	}
	out.line("")
}

// touched names the fields that many changes touch, the most frequent first.
func (p *changePage) touched(group changeGroup, many bool) string {
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

// change adds one change: the record, then its fields.
func (p *changePage) change(out *page, c importer.Change) {
	for _, words := range actionWords {
		if words.action == c.Action {
			p.title(out, out.paint(words.colour, words.symbol), c)
		}
	}
	p.fields(out, c)
}

// title adds the line that names the record.
func (p *changePage) title(out *page, symbol string, c importer.Change) {
	name := ""
	if p.Name != nil {
		name = p.Name(c)
	}
	if name = cmp.Or(name, nameIn(c)); name != "" {
		name = plain.Cut(plain.Line(name), titleColumns) + "  "
	}
	id := importer.ShowKey(c.Key)
	if id == "" {
		id = "(never in the shop) " + c.LocalID
	}
	for i, line := range out.wrapped(name+plain.Line(id)+digest(c)+moved(p.Run, c), fieldIndent) {
		if i == 0 {
			out.line("  %s %s", symbol, strings.TrimRight(line, " "))
		} else {
			out.line("%*s%s", fieldIndent, "", strings.TrimRight(line, " "))
		}
	}
}

// fieldIndent is what stands before the fields of a change, and before what goes
// on below its title.
const fieldIndent = 6

const titleColumns = 60

// nameIn finds a record's name among the fields of its change.
func nameIn(c importer.Change) string {
	known := c.Table.Public()
	for _, column := range append([]int{known.Title, known.Code}, known.Called...) {
		for _, field := range c.Fields {
			if column > 0 && field.Column == column {
				if known := cmp.Or(field.Old.Text(), field.New.Text()); known != "" {
					return known
				}
			}
		}
	}
	return ""
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
		if slices.Contains(strings.Fields(c.Table.Told), column.Name) && value.Text() != "" && !column.Personal {
			text += fmt.Sprintf("  %s %s", column.Name, plain.Cut(plain.Line(value.Text()), titleColumns))
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
		old, fresh := shownField(c.Table, field)
		mark := ""
		if who := c.Moves(field); who != c.WhoMoved() {
			mark = movedMark(who)
		}
		out.line("      %s: %s -> %s%s", c.Table.Columns[field.Column].Name, old, fresh, mark)
	}
}

// longestValue is how much of a value is compared to be shown, in bytes.
const longestValue = 1 << 20

// shownField are the two values of a field, or that it is personal.
func shownField(t *importer.Table, field importer.FieldChange) (old, fresh string) {
	if t.Columns[field.Column].Personal {
		return "(personal)", "(personal)"
	}
	return plain.Contrast(shownValue(field.Old), shownValue(field.New))
}

// shownValue is a value on one line. The absent and the empty are told apart.
func shownValue(v importer.Value) string {
	switch {
	case !v.Present():
		return "(none)"
	case v.Text() == "":
		return `""`
	default:
		return plain.Line(plain.CutBytes(v.Text(), longestValue))
	}
}
