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

// View shows reports. It writes to Out and returns its errors.
type View struct {
	Out   io.Writer
	Form  Form
	Quiet bool // people want the line that matters
	Width int  // columns of the terminal; 0 when it is none, and nothing is cut
	Color bool // whether words may be coloured; no meaning is in the colour alone

	// Now is the time that "2 minutes ago" counts from; zero means now.
	Now time.Time
}

// Form is how a report is written.
type Form string

// The forms that programs read; whatever else is asked for is text for people.
const (
	JSON  Form = "json"  // one document
	JSONL Form = "jsonl" // a line for each element, or one for all
	CSV   Form = "csv"   // of reports that are tables
)

// ForPrograms reports whether it is not for people.
func (f Form) ForPrograms() bool { return f == JSON || f == JSONL }

func (v View) now() time.Time {
	if v.Now.IsZero() {
		return time.Now()
	}
	return v.Now
}

// timeText writes a time as people say it and as it is: "2 minutes ago (2026-11-24
// 09:44 UTC)". The zero time is "never".
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

// sheet collects what one view prints, so that it goes out in one write.
type sheet struct {
	View
	out     strings.Builder
	mending []plain.Suggestion // what remarks ask for before anything else
}

func (v View) newSheet() *sheet { return &sheet{View: v} }

// addLine adds a line without blanks at its end.
func (p *sheet) addLine(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.out.WriteByte('\n')
}

// labelWidth is how many columns the labels of a card take.
const labelWidth = 14

// addFact adds a label and its value, or nothing when there is no value. In a
// window the value goes on below itself where it is too long.
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

// addText adds text that goes on below itself, after the same indent, where it is
// too long for the window.
func (p *sheet) addText(indent int, text string) {
	for _, line := range p.wrapText(text, indent) {
		p.addLine("%*s%s", indent, "", line)
	}
}

// addHint adds text that may hold a command, which stays on one line to be copied.
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

// addNext adds what an error said to do: a line, or steps below each other.
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

// isNarrow reports whether room has to be saved.
func (v View) isNarrow() bool { return v.Width > 0 && v.Width < 100 }

// addTable adds a table, indented like what stands around it.
func (p *sheet) addTable(columns []plain.Column, rows [][]string) {
	var drawn strings.Builder
	width := p.Width
	if width > 2 {
		width -= 2
	}
	_ = plain.WriteTable(&drawn, width, columns, rows) // a strings.Builder takes everything
	for line := range strings.Lines(drawn.String()) {
		p.out.WriteString("  " + line)
	}
}

// sayLine prints a line below or instead of a table.
func (v View) sayLine(format string, args ...any) error {
	_, err := fmt.Fprintf(v.Out, format+"\n", args...)
	return err
}
