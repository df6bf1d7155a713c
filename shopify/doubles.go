package shopify

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"hash/fnv"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector/scratch"
)

// mark tells records apart: the numbers of a record and of the one that it belongs
// to, 0 for none.
type mark struct{ parent, id uint64 }

// compareMarks orders a record before its parts, as most files have them.
func compareMarks(a, b mark) int {
	familyA, familyB := a.parent, b.parent
	if familyA == 0 {
		familyA, a.id = a.id, 0
	}
	if familyB == 0 {
		familyB, b.id = b.id, 0
	}
	return cmp.Or(cmp.Compare(familyA, familyB), cmp.Compare(a.parent, b.parent), cmp.Compare(a.id, b.id))
}

// number is the number in a global id such as gid://shopify/Product/1, or a hash
// of an id that has another form. What stands behind a question mark belongs to
// the parent.
func number(id string) uint64 {
	n, scale := uint64(0), uint64(1)
	for at := len(id) - 1; at > 0 && len(id)-at < 19; at-- { // most end with their number
		digit := id[at] - '0'
		if digit > 9 {
			break
		}
		if n, scale = n+uint64(digit)*scale, 10*scale; id[at-1] == '/' {
			return n
		}
	}
	text, _, _ := strings.Cut(id[strings.LastIndexByte(id, '/')+1:], "?")
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return n
	}
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, id) // cannot fail
	return hash.Sum64()
}

// doubles finds marks that were added twice, in bounded memory: marks wait on
// the disk in sorted pieces. Where all pieces follow one another, as they do when
// records came in the order of their ids, nothing needs to be read again.
type doubles struct {
	block   []mark
	pieces  []piece
	file    *os.File
	found   []mark // that came more than once; not all where there are many
	repeats int    // how often a mark came that had come before
	limit   int    // marks in a block
	temp    scratch.Folder
}

// piece is a sorted block of marks in the file.
type piece struct {
	first, last mark
	at          int64
	size        int
}

const (
	markSize     = 16
	marksInBlock = 16 << 10
	maxDoubles   = 1000 // more are not looked into one by one
)

func newDoubles(temp scratch.Folder) *doubles { return &doubles{limit: marksInBlock, temp: temp} }

func (d *doubles) add(m mark) error {
	d.block = append(d.block, m)
	if len(d.block) < d.limit {
		return nil
	}
	return d.spill()
}

// settle sorts the block and leaves each mark in it once.
func (d *doubles) settle() {
	slices.SortFunc(d.block, compareMarks)
	d.block = slices.CompactFunc(d.block, func(a, b mark) bool {
		if a == b {
			d.note(a)
		}
		return a == b
	})
}

// spill writes the block out as a piece.
func (d *doubles) spill() error {
	d.settle()
	if len(d.block) == 0 {
		return nil
	}
	if d.file == nil {
		file, err := d.temp.Create()
		if err != nil {
			return err
		}
		d.file = file
	}
	text := make([]byte, 0, len(d.block)*markSize)
	for _, m := range d.block {
		text = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(text, m.parent), m.id)
	}
	at, err := d.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	d.pieces = append(d.pieces, piece{d.block[0], d.block[len(d.block)-1], at, len(d.block)})
	d.block = d.block[:0]
	_, err = d.file.Write(text)
	return err
}

func (d *doubles) note(m mark) {
	d.repeats++
	if len(d.found) < maxDoubles && !slices.Contains(d.found, m) {
		d.found = append(d.found, m)
	}
}

// all returns the marks that were added more than once, up to maxDoubles. After it
// nothing may be added.
func (d *doubles) all() ([]mark, error) {
	if len(d.pieces) == 0 {
		d.settle()
		return d.found, nil
	}
	if err := d.spill(); err != nil {
		return nil, err
	}
	slices.SortFunc(d.pieces, func(a, b piece) int { return compareMarks(a.first, b.first) })
	for from := 0; from < len(d.pieces); {
		to, last := from+1, d.pieces[from].last
		for to < len(d.pieces) && compareMarks(d.pieces[to].first, last) <= 0 {
			if compareMarks(d.pieces[to].last, last) > 0 {
				last = d.pieces[to].last
			}
			to++
		}
		if to-from > 1 {
			if err := d.merge(d.pieces[from:to]); err != nil {
				return nil, err
			}
		}
		from = to
	}
	return d.found, nil
}

// merge goes through pieces that overlap, in the order of their marks.
func (d *doubles) merge(pieces []piece) error {
	var readers markHeap
	for _, p := range pieces {
		r := &markReader{in: bufio.NewReaderSize(io.NewSectionReader(d.file, p.at, int64(p.size)*markSize), 4<<10)}
		if err := r.next(); err != nil {
			return err
		}
		readers = append(readers, r)
	}
	heap.Init(&readers)
	for before, first := (mark{}), true; len(readers) > 0; first = false {
		least := readers[0]
		if least.now == before && !first {
			d.note(before)
		}
		before = least.now
		switch err := least.next(); err {
		case nil:
			heap.Fix(&readers, 0)
		case io.EOF:
			heap.Pop(&readers)
		default:
			return err
		}
	}
	return nil
}

// markReader reads the marks of one piece.
type markReader struct {
	in  *bufio.Reader
	now mark
}

func (r *markReader) next() error {
	var text [markSize]byte
	if _, err := io.ReadFull(r.in, text[:]); err != nil {
		return err
	}
	r.now = mark{binary.LittleEndian.Uint64(text[:8]), binary.LittleEndian.Uint64(text[8:])}
	return nil
}

// markHeap has the reader with the smallest mark first.
type markHeap []*markReader

func (h markHeap) Len() int           { return len(h) }
func (h markHeap) Less(i, j int) bool { return compareMarks(h[i].now, h[j].now) < 0 }
func (h markHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *markHeap) Push(r any)        { *h = append(*h, r.(*markReader)) }
func (h *markHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// Close drops the file.
func (d *doubles) Close() error {
	if d.file == nil {
		return nil
	}
	err := d.file.Close()
	_ = os.Remove(d.file.Name()) // where it could not be removed before
	return err
}
