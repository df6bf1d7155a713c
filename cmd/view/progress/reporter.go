package progress

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/eshopos/eshopctl/importer"
)

// Reporter shows on standard error how a run goes on. It is an importer.Reporter, is safe
// for concurrent use, and may be used again after Done.
type Reporter struct {
	out   io.Writer
	to    gauge
	every time.Duration // between the lines of a log; 0 for none
	name  string        // of the store with --all-stores, else ""
	long  bool          // print what each stage did at its end

	mu    sync.Mutex
	stage *stage
	read  map[string]int // records of each table, known from reading
	stop  chan struct{}  // ends the ticks of the log; nil while there are none
}

// gauge draws a stage on a terminal. Its methods are called one at a time.
type gauge interface {
	showStage(*stage)
	sayLine(line string)
	clearStage()
}

// betweenLines is how often a log gets a line of progress.
const betweenLines = 10 * time.Second

// Style says how progress is shown.
type Style struct {
	Terminal bool // somebody is watching
	Quiet    bool // show nothing
	Verbose  bool // print a line for each stage at its end
}

// NewReporter draws bars when out is a terminal with rows, else writes a plain line now and
// then.
func NewReporter(out io.Writer, style Style) *Reporter {
	p := &Reporter{out: out, to: logLines{out}, long: style.Verbose && !style.Quiet, read: map[string]int{}}
	columns, rows := sizeOf(out)
	switch {
	case style.Quiet:
		p.to = logLines{io.Discard}
	case style.Terminal && rows > 0:
		p.to = &bars{out: out, columns: columns}
	default:
		p.every = betweenLines
	}
	return p
}

// sizeOf is the size of a terminal. Some report no rows, and bars would stay invisible
// there.
func sizeOf(out io.Writer) (columns, rows int) {
	file, ok := out.(*os.File)
	if !ok {
		return 0, 0
	}
	columns, rows, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0, 0
	}
	return columns, rows
}

// Reading shows how many records of a table were read. total is 0 while the shop has not
// said how many there are.
func (p *Reporter) Reading(t *importer.Table, phase importer.Phase, read, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read[t.Name] = max(read, total)
	p.moveStep("reading", string(phase), t.Name, read, total)
}

// Planning shows that a table is compared with the catalogue. How many records it has is
// known from reading.
func (p *Reporter) Planning(t *importer.Table) {
	p.mu.Lock()
	defer p.mu.Unlock()
	done, total := 0, 0
	for _, other := range importer.Tables() {
		if other == t {
			done = total
		}
		total += p.read[other.Name]
	}
	p.moveStep("comparing", "comparing", "records", done, total)
}

// Applying shows how many changes were written.
func (p *Reporter) Applying(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moveStep("writing", "writing", "changes", done, total)
}

// Waiting shows that the shop asked for a pause.
func (p *Reporter) Waiting(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stage != nil {
		p.stage.paused.Store(time.Now().Add(d).UnixNano())
	}
}

// Say prints a line above what is drawn.
func (p *Reporter) Say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.name != "" {
		line = p.name + ": " + line
	}
	p.to.sayLine(line)
}

// Done clears what is drawn.
func (p *Reporter) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endStage()
	if p.stop != nil {
		close(p.stop)
		p.stop = nil
	}
}

func (p *Reporter) moveStep(name, verb, what string, done, total int) {
	if p.stage == nil || p.stage.name != name {
		p.endStage()
		p.stage = &stage{store: p.name, name: name, began: time.Now()}
	}
	p.stage.moveStep(verb, what, done, total)
	p.to.showStage(p.stage)
	if p.every > 0 && p.stop == nil {
		p.stop = make(chan struct{})
		go p.tellLog(p.stop)
	}
}

func (p *Reporter) endStage() {
	if p.stage == nil {
		return
	}
	p.to.clearStage()
	if p.long {
		p.to.sayLine(p.stage.summaryText(time.Now()))
	}
	p.stage = nil
}

// tellLog writes lines into a log until stop is closed, even when nothing moved: a reader
// must see that the program is at work.
func (p *Reporter) tellLog(stop chan struct{}) {
	clock := time.NewTicker(p.every)
	defer clock.Stop()
	for {
		select {
		case <-stop:
			return
		case now := <-clock.C:
			p.mu.Lock()
			if p.stage != nil && p.stop == stop {
				fmt.Fprintln(p.out, p.stage.logLine(now))
			}
			p.mu.Unlock()
		}
	}
}

// logLines prints lines and draws nothing.
type logLines struct{ out io.Writer }

func (logLines) showStage(*stage)      {}
func (logLines) clearStage()           {}
func (l logLines) sayLine(line string) { fmt.Fprintln(l.out, line) }
