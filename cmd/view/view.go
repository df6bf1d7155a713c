package view

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
)

// View shows reports on Out, and returns the errors of writing there.
type View struct {
	Out   io.Writer
	Form  Form
	Quiet bool // people get only the line that matters
	Width int  // columns of the terminal; 0 when Out is no terminal, where nothing is cut
	Color bool // words may be coloured; colour alone never carries meaning

	// Now is the time that "2 minutes ago" counts from; zero means now.
	Now time.Time
}

// Form is the format of a report.
type Form string

// The forms that programs read. Any other form is text for people.
const (
	JSON  Form = "json"  // one document
	JSONL Form = "jsonl" // a line for each element, or one for all
	CSV   Form = "csv"   // of reports that are tables
)

// ForPrograms reports whether programs read the form.
func (f Form) ForPrograms() bool { return f == JSON || f == JSONL }

func (v View) now() time.Time {
	if v.Now.IsZero() {
		return time.Now()
	}
	return v.Now
}

// timeText writes a time relative and absolute: "2 minutes ago (2026-11-24 09:44 UTC)". The
// zero time is "never".
func (v View) timeText(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return plain.AwayText(t.Sub(v.now())) + " (" + plain.MomentText(t) + ")"
}

// colour is an ANSI colour.
type colour string

const (
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
	bold   colour = "1"
)

func (v View) paint(c colour, text string) string {
	if !v.Color || c == "" || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// sheet collects the text of one report, which is written at once.
type sheet struct {
	View
	out     strings.Builder
	mending []plain.Suggestion // what the remarks ask to do first
}

func (v View) newSheet() *sheet { return &sheet{View: v} }

// addLine adds a line, without spaces at its end.
func (p *sheet) addLine(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.out.WriteByte('\n')
}

// labelWidth is how many columns the labels of a card take.
const labelWidth = 14

// addFact adds a label and its value, or nothing for an empty value. On a terminal a long
// value is wrapped beside the label.
func (p *sheet) addFact(label, value string) {
	if value == "" {
		return
	}
	for i, line := range p.wrapText(value, 2+labelWidth) {
		if i > 0 {
			label = ""
		}
		p.addLine("  %-*s%s", labelWidth, label, line)
	}
}

// addText adds text after an indent, wrapped for the window.
func (p *sheet) addText(indent int, text string) {
	for _, line := range p.wrapText(text, indent) {
		p.addLine("%*s%s", indent, "", line)
	}
}

// addHint adds text that may hold a command. Commands are not wrapped, so that they can be
// copied.
func (p *sheet) addHint(indent int, text string) {
	switch {
	case text == "":
	case strings.Contains(text, plain.Program+" "):
		p.addLine("%*s%s", indent, "", text)
	default:
		p.addText(indent, text)
	}
}

// wrapText breaks text between words so that it fits the window beside an indent.
func (p *sheet) wrapText(text string, indent int) []string {
	if p.Width == 0 {
		return strings.Split(text, "\n")
	}
	return plain.WrapText(text, p.Width-indent)
}

// addSuggestions adds what may be done next.
func (p *sheet) addSuggestions(suggestions []plain.Suggestion) {
	if len(suggestions) == 0 {
		return
	}
	p.addLine("")
	p.addLine("  next")
	for _, s := range suggestions {
		p.addHint(4, plain.Line(s.Text))
		p.addHint(6, plain.Line(s.Command))
	}
}

// addNext adds the next step of an error: a line, or steps below each other.
func (p *sheet) addNext(indent int, next connector.Next) {
	if said := plain.Steps(next); !strings.Contains(said, "\n") {
		p.addLine("%*snext: %s", indent, "", plain.Line(said))
		return
	}
	p.addLine("%*snext", indent, "")
	for _, s := range words.ErrorSteps("", next) {
		p.addHint(indent+2, plain.Line(s.Text))
		p.addHint(indent+4, plain.Line(s.Command))
	}
}

func (p *sheet) flush() error {
	_, err := io.WriteString(p.Out, p.out.String())
	return err
}

// isNarrow reports whether the window is too narrow for all columns.
func (v View) isNarrow() bool { return v.Width > 0 && v.Width < 100 }

// addTable adds a table with the indent of the report.
func (p *sheet) addTable(columns []plain.Column, rows [][]string) {
	var drawn strings.Builder
	width := p.Width
	if width > 2 {
		width -= 2
	}
	_ = plain.WriteTable(&drawn, width, columns, rows) // writing to a strings.Builder cannot fail
	for line := range strings.Lines(drawn.String()) {
		p.out.WriteString("  " + line)
	}
}

// sayLine prints a line below or instead of a table.
func (v View) sayLine(format string, args ...any) error {
	_, err := fmt.Fprintf(v.Out, format+"\n", args...)
	return err
}
