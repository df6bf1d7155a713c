package page

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer"
)

// A bar of a report shows what became of the records of one table, as shares of
// what was read. It is drawn in a box of barWidth units, however wide that is on
// the page.
type bar struct {
	Name, Total, Text string // Text says the same in words
	Segments          []segment
}

const (
	barWidth   = 1000
	leastWidth = 6 // so that a few among many can still be seen
)

// segment is a part of a bar, or its entry in the legend. Class is its colour.
type segment struct {
	Class, Name string
	X, Width    int
}

// fates are what can become of a record that was read. Their counts add up to those read.
var fates = []struct {
	class, done, would, differs string
	of                          func(*importer.Counts) int
}{
	{"created", "created", "would create", "only in the shop", func(c *importer.Counts) int { return c.Created }},
	{"updated", "updated", "would update", "different", func(c *importer.Counts) int { return c.Updated }},
	{"unchanged", "unchanged", "unchanged", "equal", func(c *importer.Counts) int { return c.Unchanged }},
	{"skipped", "skipped", "would skip", "kept", func(c *importer.Counts) int { return c.Skipped }},
	{"rejected", "rejected", "would reject", "rejected", func(c *importer.Counts) int { return c.Rejected }},
}

// legendOf are the entries of the colours that occur.
func legendOf(run importer.Run) []segment {
	var entries []segment
	for _, fate := range fates {
		if words.AnyCount(&run.Counts, fate.of) {
			entries = append(entries, segment{Class: fate.class, Name: words.WordFor(run, fate.done, fate.would, fate.differs)})
		}
	}
	return entries
}

func resourceBars(run importer.Run) []bar {
	var bars []bar
	for _, t := range importer.Tables() {
		if counts := run.Counts.Of(t); counts.Read > 0 {
			bars = append(bars, resourceBar(run, t.Name, counts))
		}
	}
	return bars
}

func resourceBar(run importer.Run, name string, counts *importer.Counts) bar {
	made := bar{Name: name, Total: plain.Count(counts.Read)}
	var parts []string
	room := barWidth
	for _, fate := range fates {
		n := fate.of(counts)
		if n == 0 {
			continue
		}
		width := max(int(int64(n)*barWidth/int64(counts.Read)), leastWidth)
		made.Segments = append(made.Segments, segment{Class: fate.class, X: barWidth - room, Width: width})
		room -= width
		parts = append(parts, plain.Count(n)+" "+words.WordFor(run, fate.done, fate.would, fate.differs))
	}
	made.settleRoom(room)
	made.Text = strings.Join(parts, ", ")
	return made
}

// settleRoom makes the widths add up, at the cost of the widest segment.
func (b *bar) settleRoom(room int) {
	widest := 0
	for i, s := range b.Segments {
		if s.Width > b.Segments[widest].Width {
			widest = i
		}
	}
	if len(b.Segments) == 0 {
		return
	}
	b.Segments[widest].Width += room
	for i := widest + 1; i < len(b.Segments); i++ {
		b.Segments[i].X += room
	}
}
