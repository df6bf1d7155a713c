package extsort

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"io"
	"os"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
)

// spill is a temporary file of sorted parts.
type spill struct {
	file  *os.File
	out   *bufio.Writer
	size  int64
	parts []part
}

// part is a sorted part of the file.
type part struct {
	from, to int64  // bytes
	last     []byte // key of the last entry
}

const (
	writeAhead = 64 << 10
	readAhead  = 16 << 10
)

func newSpill(temp scratch.Folder) (*spill, error) {
	file, err := temp.Create()
	if err != nil {
		return nil, err
	}
	return &spill{file: file, out: bufio.NewWriterSize(file, writeAhead)}, nil
}

func (s *spill) close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name())
	return err
}

// beginPart begins a part. If the last part ends before key it continues that one instead.
func (s *spill) beginPart(key []byte) {
	if n := len(s.parts); n == 0 || bytes.Compare(s.parts[n-1].last, key) > 0 {
		s.parts = append(s.parts, part{from: s.size})
	}
}

func (s *spill) writeEntry(key, payload []byte) error {
	head := binary.AppendUvarint(s.out.AvailableBuffer(), uint64(len(key)))
	head = binary.AppendUvarint(head, uint64(len(payload)))
	for _, piece := range [][]byte{head, key, payload} {
		if _, err := s.out.Write(piece); err != nil {
			return err
		}
		s.size += int64(len(piece))
	}
	return nil
}

// endPart ends the part; key is its last key.
func (s *spill) endPart(key []byte) {
	last := &s.parts[len(s.parts)-1]
	last.to, last.last = s.size, bytes.Clone(key)
}

// openParts opens all parts for merging. Each reader has its own position in the file, so
// parts may be merged several times at once.
func (s *spill) openParts() (inputs, error) {
	if err := s.out.Flush(); err != nil {
		return nil, err
	}
	var all inputs
	for age, part := range s.parts {
		from := &partReader{in: bufio.NewReaderSize(io.NewSectionReader(s.file, part.from, part.to-part.from), readAhead),
			left: part.to - part.from}
		all = append(all, &input{age: age, from: from})
	}
	return all.readHeads()
}

type partReader struct {
	in   *bufio.Reader
	left int64 // bytes of the part
	both []byte
}

// readEntry reads the next entry. It returns false at the end of the part.
func (r *partReader) readEntry(into *importer.Entry) (bool, error) {
	if r.left == 0 {
		return false, nil
	}
	head, _ := r.in.Peek(2 * binary.MaxVarintLen64) // fewer at the end of the part
	key, n := binary.Uvarint(head)
	payload, m := binary.Uvarint(head[max(n, 0):])
	if n <= 0 || m <= 0 {
		return false, io.ErrUnexpectedEOF
	}
	if size := int(key + payload); size > cap(r.both) {
		r.both = make([]byte, size+size/2)
	}
	r.both = r.both[:key+payload]
	_, err := r.in.Discard(n + m)
	if err == nil {
		_, err = io.ReadFull(r.in, r.both)
	}
	if err != nil {
		return false, io.ErrUnexpectedEOF
	}
	r.left -= int64(n + m + len(r.both))
	into.Key, into.Payload = r.both[:key:key], r.both[key:]
	return true, nil
}

// inputs is a heap of parts that are being read, with the least key on top. Of equal keys the
// one of the older part comes first.
type inputs []*input

type input struct {
	age  int
	head importer.Entry
	from *partReader
}

// readHeads reads the first entry of every part.
func (m inputs) readHeads() (inputs, error) {
	var begun inputs
	for _, in := range m {
		more, err := in.from.readEntry(&in.head)
		if err != nil {
			return nil, err
		}
		if more {
			begun = append(begun, in)
		}
	}
	heap.Init(&begun)
	return begun, nil
}

// advanceTop replaces the top entry, which was just used, by the next one of its part.
func (m *inputs) advanceTop() error {
	top := (*m)[0]
	more, err := top.from.readEntry(&top.head)
	if err != nil {
		return err
	}
	if !more {
		heap.Pop(m)
		return nil
	}
	heap.Fix(m, 0)
	return nil
}

func (m inputs) Len() int { return len(m) }

func (m inputs) Less(i, j int) bool {
	order := bytes.Compare(m[i].head.Key, m[j].head.Key)
	return order < 0 || order == 0 && m[i].age < m[j].age
}

func (m inputs) Swap(i, j int) { m[i], m[j] = m[j], m[i] }

// Push is part of heap.Interface; nothing is pushed.
func (m *inputs) Push(x any) { *m = append(*m, x.(*input)) }

// Pop removes a part that has ended.
func (m *inputs) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
