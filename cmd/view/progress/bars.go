package progress

import (
	"io"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bars draws a bar for each step of the current stage, and clears them at its end, because
// the report of the run has the counts.
type bars struct {
	out     io.Writer
	columns int
	drawn   *mpb.Progress // nil between stages
	steps   map[*step]*mpb.Bar
}

const (
	labelColumns  = 24 // "downloading memberships"
	figureColumns = 40
	shortestBar   = 10
	longestBar    = 40
)

func (b *bars) showStage(s *stage) {
	if b.drawn == nil {
		b.drawn = mpb.New(mpb.WithOutput(b.out))
		b.steps = map[*step]*mpb.Bar{}
	}
	for _, step := range s.steps {
		bar := b.steps[step]
		if bar == nil {
			bar = b.addBar(s, step)
			b.steps[step] = bar
		}
		if step.total > 0 {
			bar.SetTotal(int64(step.total), false)
		}
		bar.SetCurrent(int64(step.done))
	}
}

// addBar makes a bar. Its decorators run in another goroutine and read atomic values only.
func (b *bars) addBar(s *stage, step *step) *mpb.Bar {
	width := min(max(b.columns-labelColumns-figureColumns-3, shortestBar), longestBar)
	return b.drawn.AddBar(0, mpb.BarWidth(width),
		mpb.PrependDecorators(decor.Any(
			func(decor.Statistics) string { return step.labelText() }, decor.WC{W: labelColumns, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(func(drawn decor.Statistics) string {
			return " " + s.barText(time.Now(), step.unit, int(drawn.Current), int(drawn.Total), step.since.Load())
		})))
}

// barText is the text behind a bar: its pace, or how long the shop asked to wait.
func (s *stage) barText(now time.Time, unit string, done, total int, since *mark) string {
	if waiting := s.waitText(now); waiting != "" && (total == 0 || done < total) {
		return progressOf(done, total, unit) + "  " + waiting
	}
	return paceText(now, unit, done, total, since)
}

// sayLine prints above the bars.
func (b *bars) sayLine(line string) {
	if b.drawn == nil {
		_, _ = io.WriteString(b.out, line+"\n")
		return
	}
	_, _ = b.drawn.Write([]byte(line + "\n"))
}

func (b *bars) clearStage() {
	if b.drawn == nil {
		return
	}
	for _, bar := range b.steps {
		bar.Abort(true)
	}
	b.drawn.Wait() // it returns when every bar has ended
	b.drawn = nil
}
