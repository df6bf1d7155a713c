package sandbox

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"slices"
)

// bulkReader reads all nodes of a plan: one line for each, connections lifted out of them. The lines go to a file,
// since those of a large shop do not fit into memory.
type bulkReader struct {
	execution *execution
	operation *bulkOperation
	pause     func()
	to        *bufio.Writer
	size      int64
	lines     []bulkLine
	failed    error
}

// bulkLine is where a line stands in the file, and how many connections its node is below.
type bulkLine struct {
	at     int64
	length int32
	depth  int32
}

// file reads everything and puts the lines into order.
func (b *bulkReader) file(order BulkOrder, random *rand.Rand) (*bulkFile, error) {
	file, err := newSpool()
	if err != nil {
		return nil, err
	}
	b.to = bufio.NewWriterSize(file, 1<<20)
	x := b.execution
	x.lifting = true
	if _, _, ok := x.selections(queryRoot{}, x.plan.fields); ok {
		b.readLifted(nil, 0)
	}
	if err := b.to.Flush(); err != nil || b.failed != nil {
		return nil, err
	}
	if order == BulkGrouped {
		return &bulkFile{file: file, size: b.size}, nil
	}
	defer file.Close()
	return b.ordered(file, order, random)
}

// newSpool makes a file that is gone when it is closed, where the system allows that.
func newSpool() (*os.File, error) {
	file, err := os.CreateTemp("", "sandbox-*.jsonl")
	if err == nil {
		_ = os.Remove(file.Name())
	}
	return file, err
}

// readLifted reads the connections that the selections just made met. parent is an id as it is written, or nil.
func (b *bulkReader) readLifted(parent any, depth int) {
	lifted := b.execution.lifted
	b.execution.lifted = nil
	for _, l := range lifted {
		node := bulkNode(l.field)
		items := l.page.items
		if depth == 0 {
			items = items[:max(len(items)-b.operation.settings.Loses, 0)]
		}
		for _, item := range items {
			if !b.readNode(item, node, parent, depth) {
				return
			}
		}
	}
}

func (b *bulkReader) readNode(item object, node *plannedField, parent any, depth int) bool {
	if said, odd := b.execution.shop.odd.instead(item, ""); odd { // what Shopify would write is not known
		return b.writeInstead(said, depth)
	}
	concrete := node.named.Name
	if node.named.IsAbstractType() {
		concrete = item.kind()
	}
	r, _, ok := b.execution.selections(item, node.children[concrete])
	if !ok {
		return false
	}
	var id any
	if at := slices.Index(r.keys, "id"); at >= 0 {
		id = r.values[at]
	}
	if depth == 0 {
		b.pause()
		b.operation.roots.Add(1)
	} else {
		r.put("__parentId", parent)
	}
	if b.failed = b.write(r, depth); b.failed != nil {
		return false
	}
	b.readLifted(id, depth+1)
	return true
}

// writeInstead writes a line for a record that is said in other words, and leaves out a part that is.
func (b *bulkReader) writeInstead(said raw, depth int) bool {
	if depth > 0 {
		return true
	}
	b.pause()
	b.operation.roots.Add(1)
	b.failed = b.write(said, depth)
	return b.failed == nil
}

func (b *bulkReader) write(node any, depth int) error {
	text, err := appendValue(nil, node)
	if err != nil {
		return err
	}
	text = append(bytes.ReplaceAll(text, []byte("/"), []byte(`\/`)), '\n')
	b.lines = append(b.lines, bulkLine{b.size, int32(len(text)), int32(depth)})
	b.size += int64(len(text))
	b.operation.found.Add(1)
	_, err = b.to.Write(text)
	return err
}

// ordered copies the lines into another file in the given order.
func (b *bulkReader) ordered(from *os.File, order BulkOrder, random *rand.Rand) (*bulkFile, error) {
	b.arrange(order, random)
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
	return &bulkFile{file: file, size: b.size}, to.Flush()
}

func (b *bulkReader) arrange(order BulkOrder, random *rand.Rand) {
	switch order {
	case BulkByDepth:
		slices.SortStableFunc(b.lines, func(a, b bulkLine) int { return int(a.depth - b.depth) })
	case BulkChildren:
		slices.SortStableFunc(b.lines, func(a, b bulkLine) int { return int(b.depth - a.depth) })
	case BulkReversed:
		slices.Reverse(b.lines)
	case BulkScattered:
		b.scatter(random)
	}
}

// scatter puts the lines anywhere, but those of one list in their order.
func (b *bulkReader) scatter(random *rand.Rand) {
	places := random.Perm(len(b.lines))
	scattered := make([]bulkLine, len(b.lines))
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
