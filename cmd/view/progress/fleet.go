package progress

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Fleet shows the progress of several stores at once: a line for each on a terminal, else a
// line now and then that begins with the store's name.
type Fleet struct {
	out   io.Writer
	style Style
	drawn *mpb.Progress // nil unless it is drawn
	lines map[string]*fleetLine
	turns *time.Timer // until a log says who waits
	mu    sync.Mutex

	waiting, working []string // in order of their turns
}

// NewFleet begins with every store waiting for its turn.
func NewFleet(out io.Writer, style Style, stores []string) *Fleet {
	f := &Fleet{out: out, style: style, lines: map[string]*fleetLine{}, waiting: slices.Clone(stores)}
	columns, rows := sizeOf(out)
	if style.Terminal && !style.Quiet && rows > len(stores) {
		f.drawn = mpb.New(mpb.WithOutput(out))
	}
	longest := 0
	for _, store := range stores {
		longest = max(longest, len(store))
	}
	for _, store := range stores {
		line := &fleetLine{fleet: f}
		line.tellWords("waiting for its turn")
		if f.drawn != nil {
			line.drawBar(store, longest, columns)
		}
		f.lines[store] = line
	}
	if f.drawn == nil {
		f.turns = time.AfterFunc(connector.UntilTold, f.tellTurns)
	}
	return f
}

// tellTurns says in a log, once, who waits for whom. A terminal shows it.
func (f *Fleet) tellTurns() {
	f.mu.Lock()
	waiting, working := slices.Clone(f.waiting), slices.Clone(f.working)
	f.mu.Unlock()
	if len(waiting) > 0 && len(working) > 0 {
		f.sayLine(fmt.Sprintf("waiting for %s to end: %s (with --parallel more are at work at a time)", someOf(working), someOf(waiting)))
	}
}

// leaveOut removes a store from a list.
func leaveOut(stores []string, store string) []string {
	return slices.DeleteFunc(stores, func(s string) bool { return s == store })
}

const storesTold = 5

// someOf names the first few stores of a list.
func someOf(stores []string) string {
	if more := len(stores) - storesTold; more > 1 {
		return fmt.Sprintf("%s and %d more", plain.ListNames(stores[:storesTold]), more)
	}
	return plain.ListNames(stores)
}

// Progress begins the work of one store, and returns its progress.
func (f *Fleet) Progress(store string) *Reporter {
	f.mu.Lock()
	f.waiting, f.working = leaveOut(f.waiting, store), append(f.working, store)
	f.mu.Unlock()
	p := NewReporter(f.out, Style{Quiet: f.style.Quiet, Verbose: f.style.Verbose})
	p.name = store
	if f.drawn != nil {
		p.to, p.every = f.lines[store], 0
	} else if !f.style.Quiet {
		p.to = fleetPlain{f}
	}
	return p
}

// Ended shows how the work of a store ended.
func (f *Fleet) Ended(store, how string) {
	f.mu.Lock()
	f.working = leaveOut(f.working, store)
	f.mu.Unlock()
	f.lines[store].over.Store(true)
	f.lines[store].tellWords(how)
	if f.drawn == nil {
		f.sayLine(store + ": " + how)
	}
}

// Done clears what is drawn.
func (f *Fleet) Done() {
	if f.drawn == nil {
		f.turns.Stop()
		return
	}
	for _, line := range f.lines {
		line.bar.Abort(true)
	}
	f.drawn.Wait()
}

func (f *Fleet) sayLine(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.style.Quiet:
	case f.drawn != nil:
		_, _ = f.drawn.Write([]byte(line + "\n"))
	default:
		fmt.Fprintln(f.out, line)
	}
}

// fleetLine is the gauge of one store among several, with one bar for all steps of a stage.
// Its decorators run in another goroutine and read atomic values only.
type fleetLine struct {
	fleet *Fleet
	bar   *mpb.Bar
	words atomic.Pointer[string]
	over  atomic.Bool
	all   *step // nil between stages
	since atomic.Pointer[mark]
}

func (l *fleetLine) tellWords(words string) { l.words.Store(&words) }

const stageColumns = 10 // "comparing"

func (l *fleetLine) drawBar(store string, longest, columns int) {
	width := min(max(columns-longest-stageColumns-figureColumns-4, shortestBar), longestBar)
	l.bar = l.fleet.drawn.AddBar(0, mpb.BarWidth(width), mpb.BarFillerMiddleware(l.untilOver), mpb.BarFillerTrim(),
		mpb.PrependDecorators(decor.Name(store, decor.WC{W: longest + 1, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(func(drawn decor.Statistics) string {
			text := " " + *l.words.Load()
			if since := l.since.Load(); since != nil && !l.over.Load() {
				text += " " + paceText(time.Now(), "", int(drawn.Current), int(drawn.Total), since)
			}
			return text
		})))
}

// untilOver hides a decorator once the store has ended.
func (l *fleetLine) untilOver(bar mpb.BarFiller) mpb.BarFiller {
	return mpb.BarFillerFunc(func(w io.Writer, drawn decor.Statistics) error {
		if l.over.Load() {
			return nil
		}
		return bar.Fill(w, drawn)
	})
}

func (l *fleetLine) showStage(s *stage) {
	if l.all == nil {
		l.all = &step{}
		l.tellWords(s.name)
	}
	done, total := s.sumOfSteps()
	l.all.moveTo(time.Now(), done, total)
	l.since.Store(l.all.since.Load())
	l.bar.SetTotal(int64(max(total, done+1)), false) // mpb takes a full bar for ended
	l.bar.SetCurrent(int64(done))
}

// sumOfSteps is how far all steps are together. Steps without a known total are left out
// while any has one: they would make it look further than it is.
func (s *stage) sumOfSteps() (done, total int) {
	for _, step := range s.steps {
		if step.total > 0 {
			done, total = done+step.done, total+step.total
		}
	}
	if total > 0 {
		return done, total
	}
	for _, step := range s.steps {
		done += step.done
	}
	return done, 0
}

func (l *fleetLine) sayLine(line string) { l.fleet.sayLine(line) }

func (l *fleetLine) clearStage() {
	l.all = nil
	l.since.Store(nil)
}

// fleetPlain prints the lines of one store among several.
type fleetPlain struct{ fleet *Fleet }

func (fleetPlain) showStage(*stage)      {}
func (fleetPlain) clearStage()           {}
func (p fleetPlain) sayLine(line string) { p.fleet.sayLine(line) }
