package progress

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// stage is the current part of a run: reading, comparing or writing.
type stage struct {
	store  string
	name   string
	began  time.Time
	steps  []*step
	paused atomic.Int64 // until when the shop wants no request, in Unix nanoseconds
}

// step is the work of a stage on one table. total is 0 while it is not known.
type step struct {
	what, unit  string
	verb        atomic.Pointer[string] // such as "reading"
	done, total int
	since       atomic.Pointer[mark] // where the pace is measured from
	marks       []mark
}

// mark is how far a step was at a point in time.
type mark struct {
	at   time.Time
	done int
}

// paceWindow is how far back the pace is measured, because a shop may become slower. There
// is no forecast before leastWindow has passed.
const (
	paceWindow  = 20 * time.Second
	leastWindow = 2 * time.Second
)

func (s *stage) moveStep(verb, what string, done, total int) {
	at := slices.IndexFunc(s.steps, func(known *step) bool { return known.what == what })
	if at < 0 {
		at, s.steps = len(s.steps), append(s.steps, &step{what: what, unit: unitOf(what)})
	}
	step := s.steps[at]
	if before := step.verb.Swap(&verb); before != nil && *before != verb {
		step.marks = nil // the pace begins anew
	}
	step.moveTo(time.Now(), done, total)
}

// labelText is what is done, and to which table.
func (s *step) labelText() string { return *s.verb.Load() + " " + s.what }

// moveTo notes how far the step is. A step that goes back has begun anew.
func (s *step) moveTo(now time.Time, done, total int) {
	if done < s.done || total != s.total {
		s.marks = nil
	}
	s.done, s.total = done, total
	if n := len(s.marks); n == 0 || now.Sub(s.marks[n-1].at) >= time.Second {
		s.marks = append(s.marks, mark{now, done})
	}
	for len(s.marks) > 1 && now.Sub(s.marks[1].at) >= paceWindow {
		s.marks = s.marks[1:]
	}
	first := s.marks[0]
	s.since.Store(&first)
}

// figuresText is how far the step is, how fast it goes and how long it will take.
func (s *step) figuresText(now time.Time) string {
	return paceText(now, s.unit, s.done, s.total, s.since.Load())
}

func (s *step) progressText(done, total int) string { return progressOf(done, total, s.unit) }

func paceText(now time.Time, unit string, done, total int, since *mark) string {
	text := progressOf(done, total, unit)
	if since == nil || done >= total && total > 0 {
		return text
	}
	elapsed := now.Sub(since.at)
	moved := done - since.done
	if elapsed < leastWindow || moved <= 0 {
		return text
	}
	rate := float64(moved) / elapsed.Seconds()
	text += "  " + perSecond(rate)
	if total > 0 {
		text += "  " + timeLeft(time.Duration(float64(total-done)/rate*float64(time.Second)))
	}
	return text
}

// progressOf says how far something is.
func progressOf(done, total int, unit string) string {
	switch {
	case total > 0 && done >= total:
		return plain.Count(done) + unit
	case total > 0:
		return plain.Count(done) + " of " + plain.Count(total) + unit
	case done > 0:
		return plain.Count(done) + unit + " so far"
	default:
		return ""
	}
}

func perSecond(rate float64) string {
	if rate < 10 {
		return fmt.Sprintf("%.1f/s", rate)
	}
	return plain.Count(int(rate)) + "/s"
}

// timeLeft writes how long something will take, roughly.
func timeLeft(d time.Duration) string {
	const ten = 10 * time.Second
	switch {
	case d < ten:
		return fmt.Sprintf("%d s left", int(d.Seconds())+1)
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s left", int((d+ten-1)/ten)*10)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min left", int(d.Minutes())+1)
	default:
		return fmt.Sprintf("%d h left", int(d.Hours())+1)
	}
}

// leastPause is the shortest pause that is shown. Shorter ones are frequent, and show in
// the pace.
const leastPause = 2 * time.Second

// waitText says how long the shop asked to wait.
func (s *stage) waitText(now time.Time) string {
	if pause := time.Unix(0, s.paused.Load()).Sub(now); pause >= leastPause {
		return fmt.Sprintf("the shop says wait %d s", int(pause.Seconds()))
	}
	return ""
}

// logLine is the line of a stage in a log.
func (s *stage) logLine(now time.Time) string {
	var parts []string
	verb := ""
	for _, step := range s.steps {
		label := step.labelText()
		if *step.verb.Load() == verb { // the verb is said once for steps in a row
			label = step.what
		}
		verb = *step.verb.Load()
		parts = append(parts, strings.TrimSpace(label+" "+step.figuresText(now)))
	}
	if waiting := s.waitText(now); waiting != "" {
		parts = append(parts, waiting)
	}
	return s.titleText() + strings.Join(parts, ", ")
}

// summaryText says what a stage did, at its end.
func (s *stage) summaryText(now time.Time) string {
	var parts []string
	for _, step := range s.steps {
		done := max(step.done, step.total) // comparing reports only the beginning of each table
		parts = append(parts, strings.TrimSpace(step.what+" "+step.progressText(done, done)))
	}
	return s.titleText() + s.name + " " + strings.Join(parts, ", ") + "; took " + plain.DurationText(now.Sub(s.began))
}

// titleText is the name of the store with --all-stores.
func (s *stage) titleText() string {
	if s.store == "" {
		return ""
	}
	return s.store + ": "
}

// unitOf is what is counted while a table is read where it is not the table's records: the
// total of levels and memberships is not known beforehand.
func unitOf(what string) string {
	if t := importer.TableNamed(what); t != nil && t.Walked != "" {
		return " " + t.Walked
	}
	return ""
}
