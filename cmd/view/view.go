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

// when writes a time as people say it and as it is: "2 minutes ago (2026-11-24
// 09:44 UTC)". The zero time is "never".
func (v View) when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return plain.Away(t.Sub(v.now())) + " (" + plain.Moment(t) + ")"
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

// page collects what one view prints, so that it goes out in one write.
type page struct {
	View
	out     strings.Builder
	mending []plain.Suggestion // what remarks ask for before anything else
}

func (v View) page() *page { return &page{View: v} }

// line adds a line without blanks at its end.
func (p *page) line(format string, args ...any) {
	p.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.out.WriteByte('\n')
}

// labelWidth is how many columns the labels of a card take.
const labelWidth = 14

// fact adds a label and its value, or nothing when there is no value. In a
// window the value goes on below itself where it is too long.
func (p *page) fact(label, value string) {
	if value == "" {
		return
	}
	for i, line := range p.wrapped(value, 2+labelWidth) {
		if i > 0 {
			label = ""
		}
		p.line("  %-*s%s", labelWidth, label, line)
	}
}

// text adds text that goes on below itself, after the same indent, where it is
// too long for the window.
func (p *page) text(indent int, text string) {
	for _, line := range p.wrapped(text, indent) {
		p.line("%*s%s", indent, "", line)
	}
}

// hint is text that may hold a command, which stays on one line to be copied.
func (p *page) hint(indent int, text string) {
	switch {
	case text == "":
	case strings.Contains(text, plain.Program+" "):
		p.line("%*s%s", indent, "", text)
	default:
		p.text(indent, text)
	}
}

// wrapped breaks text between words so that it fits the window beside an indent.
func (p *page) wrapped(text string, indent int) []string {
	if p.Width == 0 {
		return strings.Split(text, "\n")
	}
	return plain.Wrapped(text, p.Width-indent)
}

// suggest adds what may be done next.
func (p *page) suggest(suggestions []plain.Suggestion) {
	if len(suggestions) == 0 {
		return
	}
	p.line("")
	p.line("  next")
	for _, s := range suggestions {
		p.hint(4, plain.Line(s.Text))
		p.hint(6, plain.Line(s.Command))
	}
}

// next adds what an error said to do: a line, or steps below each other.
func (p *page) next(indent int, next connector.Next) {
	if said := plain.Steps(next); !strings.Contains(said, "\n") {
		p.line("%*snext: %s", indent, "", plain.Line(said))
		return
	}
	p.line("%*snext", indent, "")
	for _, s := range words.ErrorSteps("", next) {
		p.hint(indent+2, plain.Line(s.Text))
		p.hint(indent+4, plain.Line(s.Command))
	}
}

func (p *page) flush() error {
	_, err := io.WriteString(p.Out, p.out.String())
	return err
}

// narrow reports whether room has to be saved.
func (v View) narrow() bool { return v.Width > 0 && v.Width < 100 }

// table adds a table, indented like what stands around it.
func (p *page) table(columns []plain.Column, rows [][]string) {
	var drawn strings.Builder
	width := p.Width
	if width > 2 {
		width -= 2
	}
	_ = plain.Table(&drawn, width, columns, rows) // a strings.Builder takes everything
	for line := range strings.Lines(drawn.String()) {
		p.out.WriteString("  " + line)
	}
}

// say prints a line below or instead of a table.
func (v View) say(format string, args ...any) error {
	_, err := fmt.Fprintf(v.Out, format+"\n", args...)
	return err
}
