package view

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/eshopos/eshopctl/importer"
)

// Progress tells on standard error how a run goes on. It is an
// importer.Reporter and safe for concurrent use. After Done it may be used
// again.
type Progress struct {
	mu sync.Mutex
	to gauge
}

// gauge shows how far a stage's steps are. total is 0 when it is not known.
type gauge interface {
	step(stage, what string, done, total int)
	waiting(d time.Duration)
	end()
}

// NewProgress draws bars when out is a terminal that has rows, and otherwise
// writes a plain line now and then; quiet says nothing.
func NewProgress(out io.Writer, terminal, quiet bool) *Progress {
	switch {
	case quiet:
		return &Progress{to: silence{}}
	case terminal && rowsOf(out) > 0:
		return &Progress{to: &bars{out: out}}
	default:
		return &Progress{to: &lines{out: out, now: time.Now}}
	}
}

// rowsOf is how many rows a terminal has. Some report none, and bars would then
// stay invisible.
func rowsOf(out io.Writer) int {
	file, ok := out.(*os.File)
	if !ok {
		return 0
	}
	_, rows, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return rows
}

// Reading tells how many records of a table were read.
func (p *Progress) Reading(t *importer.Table, read, total int) {
	p.step("reading", t.Name, read, total)
}

// Planning tells that a table is compared with the catalogue.
func (p *Progress) Planning(t *importer.Table) { p.step("planning", t.Name, 0, 0) }

// Applying tells how many changes were written.
func (p *Progress) Applying(done, total int) { p.step("writing", "changes", done, total) }

func (p *Progress) step(stage, what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to.step(stage, what, done, total)
}

// Waiting tells that the shop asked for a pause.
func (p *Progress) Waiting(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to.waiting(d)
}

// Done clears what is shown.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to.end()
}

type silence struct{}

func (silence) step(string, string, int, int) {}
func (silence) waiting(time.Duration)         {}
func (silence) end()                          {}

// betweenLines is how often a log hears of progress.
const betweenLines = 10 * time.Second

// lines writes for logs: nothing about what is done at once, then a line now
// and then.
type lines struct {
	out  io.Writer
	now  func() time.Time
	last time.Time
}

func (l *lines) step(stage, what string, done, total int) {
	l.say(stage + " " + what + progressed(done, total))
}

func (l *lines) waiting(d time.Duration) {
	l.say(fmt.Sprintf("waiting %s: the shop asked for a pause", Took(d)))
}

func (l *lines) end() { l.last = time.Time{} }

func (l *lines) say(text string) {
	now := l.now()
	if l.last.IsZero() {
		l.last = now
	}
	if now.Sub(l.last) < betweenLines {
		return
	}
	l.last = now
	fmt.Fprintln(l.out, text)
}

// progressed is how far something is, in words.
func progressed(done, total int) string {
	switch {
	case total > 0:
		return ": " + Count(done) + " of " + Count(total)
	case done > 0:
		return ": " + Count(done)
	default:
		return ""
	}
}
