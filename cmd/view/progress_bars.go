package view

import (
	"io"
	"strings"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bars draws a bar for each step of the stage that goes on. They are cleared
// away at its end: what was done is told by the run itself.
type bars struct {
	out    io.Writer
	drawn  *mpb.Progress // nil while nothing goes on
	stage  string
	steps  map[string]*mpb.Bar
	paused atomic.Int64 // until when, in Unix nanoseconds
}

const (
	barColumns   = 60
	labelColumns = 22
)

func (b *bars) step(stage, what string, done, total int) {
	if b.drawn == nil || b.stage != stage {
		b.end()
		b.drawn = mpb.New(mpb.WithOutput(b.out), mpb.WithWidth(barColumns))
		b.stage, b.steps = stage, map[string]*mpb.Bar{}
	}
	bar := b.steps[what]
	if bar == nil {
		bar = b.add(stage + " " + what)
		b.steps[what] = bar
	}
	if total > 0 {
		bar.SetTotal(int64(total), false)
	}
	bar.SetCurrent(int64(done))
}

func (b *bars) add(label string) *mpb.Bar {
	return b.drawn.AddBar(0,
		mpb.PrependDecorators(decor.Name(label, decor.WC{W: labelColumns, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(func(s decor.Statistics) string {
			text := strings.TrimPrefix(progressed(int(s.Current), int(s.Total)), ":")
			if left := time.Until(time.Unix(0, b.paused.Load())); left > 0 {
				text += ", waiting " + Took(left)
			}
			return text
		})))
}

func (b *bars) waiting(d time.Duration) { b.paused.Store(time.Now().Add(d).UnixNano()) }

func (b *bars) end() {
	if b.drawn == nil {
		return
	}
	for _, bar := range b.steps {
		bar.Abort(true)
	}
	b.drawn.Wait() // returns only when every bar has ended
	b.drawn = nil
}
