package bulk

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// reader reads all nodes of a plan: one line for each, connections lifted out of them. The lines go to a file,
// since those of a large shop do not fit into memory.
type reader struct {
	execution *graph.Execution
	result    *result
	loses     int // records of the outermost list
	pause     func()
	to        *bufio.Writer
	size      int64
	lines     []line
	failed    error
}

// line is a place in the file, and how many connections the node of the line is below.
type line struct {
	at     int64
	length int32
	depth  int32
}

// readFile reads everything and puts the lines into order.
func (b *reader) readFile(order Order, random *rand.Rand) (*resultFile, error) {
	file, err := newSpool()
	if err != nil {
		return nil, err
	}
	b.to = bufio.NewWriterSize(file, 1<<20)
	b.execution.Lifting = true
	if _, _, ok := b.execution.SelectRoot(); ok {
		b.readLifted(nil, 0)
	}
	if err := b.to.Flush(); err != nil || b.failed != nil {
		return nil, err
	}
	if order == Grouped {
		return &resultFile{file: file, size: b.size}, nil
	}
	defer file.Close()
	return b.orderedFile(file, order, random)
}

// readLifted reads the connections that the last selections set aside. parent is the id of the node that they belong to,
// as it is written, or nil.
func (b *reader) readLifted(parent any, depth int) {
	lifted := b.execution.Lifted
	b.execution.Lifted = nil
	for _, l := range lifted {
		node := nodeOf(l.Field)
		items := l.Page.Items
		if depth == 0 {
			items = items[:max(len(items)-b.loses, 0)]
		}
		for _, item := range items {
			if !b.readNode(item, node, parent, depth) {
				return
			}
		}
	}
}

func (b *reader) readNode(item graph.Object, node *graph.PlannedField, parent any, depth int) bool {
	if said, odd := b.execution.Source.Instead(item, ""); odd { // what Shopify would write is not known
		return b.writeInstead(said, depth)
	}
	concrete := node.Named.Name
	if node.Named.IsAbstractType() {
		concrete = item.TypeName()
	}
	r, _, ok := b.execution.SelectFields(item, node.Children[concrete])
	if !ok {
		return false
	}
	var id any
	if at := slices.Index(r.Keys, "id"); at >= 0 {
		id = r.Values[at]
	}
	if depth == 0 {
		b.pause()
		b.result.roots.Add(1)
	} else {
		r.Put("__parentId", parent)
	}
	if b.failed = b.writeLine(r, depth); b.failed != nil {
		return false
	}
	b.readLifted(id, depth+1)
	return true
}

// writeInstead writes the line of a record that a switch replaced. A replaced part of a record is left out.
func (b *reader) writeInstead(said graph.Raw, depth int) bool {
	if depth > 0 {
		return true
	}
	b.pause()
	b.result.roots.Add(1)
	b.failed = b.writeLine(said, depth)
	return b.failed == nil
}

func (b *reader) writeLine(node any, depth int) error {
	text, err := graph.AppendValue(nil, node)
	if err != nil {
		return err
	}
	text = append(bytes.ReplaceAll(text, []byte("/"), []byte(`\/`)), '\n')
	b.lines = append(b.lines, line{b.size, int32(len(text)), int32(depth)})
	b.size += int64(len(text))
	b.result.found.Add(1)
	_, err = b.to.Write(text)
	return err
}

// orderedFile copies the lines into another file in the given order.
func (b *reader) orderedFile(from *os.File, order Order, random *rand.Rand) (*resultFile, error) {
	b.arrangeLines(order, random)
	file, err := newSpool()
	if err != nil {
		return nil, err
	}
	to := bufio.NewWriterSize(file, 1<<20)
	var text []byte
	for _, line := range b.lines {
		text = slices.Grow(text[:0], int(line.length))[:line.length]
		if _, err := from.ReadAt(text, line.at); err != nil {
			return nil, err
		}
		if _, err := to.Write(text); err != nil {
			return nil, err
		}
	}
	return &resultFile{file: file, size: b.size}, to.Flush()
}

func (b *reader) arrangeLines(order Order, random *rand.Rand) {
	switch order {
	case ByDepth:
		slices.SortStableFunc(b.lines, func(a, b line) int { return int(a.depth - b.depth) })
	case Children:
		slices.SortStableFunc(b.lines, func(a, b line) int { return int(b.depth - a.depth) })
	case Reversed:
		slices.Reverse(b.lines)
	case Scattered:
		b.scatterLines(random)
	}
}

// scatterLines shuffles the lines, but keeps those of one list in their order.
func (b *reader) scatterLines(random *rand.Rand) {
	places := random.Perm(len(b.lines))
	scattered := make([]line, len(b.lines))
	for from := 0; from < len(b.lines); {
		to := from + 1
		for to < len(b.lines) && b.lines[to].depth == b.lines[from].depth {
			to++
		}
		slices.Sort(places[from:to])
		for i := from; i < to; i++ {
			scattered[places[i]] = b.lines[i]
		}
		from = to
	}
	b.lines = scattered
}
