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

// Progress tells on standard error how a run goes on. It is an
// importer.Reporter and safe for concurrent use. After Done it may be used
// again.
type Reporter struct {
	out   io.Writer
	to    gauge
	every time.Duration // between the lines of a log; 0 for none
	name  string        // of the store where several are at work, else ""
	long  bool          // what each stage did is told when it is over

	mu    sync.Mutex
	stage *stage
	read  map[string]int // records of each table, as the reading told
	stop  chan struct{}  // ends the log's clock; nil while it stands still
}

// gauge draws a stage on a terminal. It is called one at a time.
type gauge interface {
	showStage(*stage)
	sayLine(line string)
	clearStage()
}

// betweenLines is how often a log hears of progress.
const betweenLines = 10 * time.Second

// Style says how progress is shown.
type Style struct {
	Terminal bool // with somebody in front of it
	Quiet    bool // not at all
	Verbose  bool // with a line for each stage that is over
}

// NewReporter draws bars when out is a terminal that has rows, and otherwise
// writes a plain line now and then.
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

// sizeOf is how many columns and rows a terminal has. Some report none, and bars
// would then stay invisible.
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

// Reading tells how many records of a table were read. While total is not known
// the shop is still looking for them.
func (p *Reporter) Reading(t *importer.Table, phase importer.Phase, read, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read[t.Name] = max(read, total)
	p.moveStep("reading", string(phase), t.Name, read, total)
}

// Planning tells that a table is compared with the catalogue. How many records
// that are is known from the reading.
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

// Applying tells how many changes were written.
func (p *Reporter) Applying(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.moveStep("writing", "writing", "changes", done, total)
}

// Waiting tells that the shop asked for a pause.
func (p *Reporter) Waiting(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stage != nil {
		p.stage.paused.Store(time.Now().Add(d).UnixNano())
	}
}

// Say prints a line without disturbing what is drawn.
func (p *Reporter) Say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.name != "" {
		line = p.name + ": " + line
	}
	p.to.sayLine(line)
}

// Done clears what is shown.
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

// tellLog writes the lines of a log until stop is closed, also while nothing is
// heard: whoever reads it must see that something is at work.
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

// logLines says lines and draws nothing.
type logLines struct{ out io.Writer }

func (logLines) showStage(*stage)      {}
func (logLines) clearStage()           {}
func (l logLines) sayLine(line string) { fmt.Fprintln(l.out, line) }
