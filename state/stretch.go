package state

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

// spill is a temporary file of stretches, each with its entries in order.
type spill struct {
	file      *os.File
	out       *bufio.Writer
	size      int64
	stretches []stretch
}

// stretch is a part of the file.
type stretch struct {
	from, to int64
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

// begin begins a stretch whose first key is known, or goes on with the last one
// where that fits.
func (s *spill) begin(key []byte) {
	if n := len(s.stretches); n == 0 || bytes.Compare(s.stretches[n-1].last, key) > 0 {
		s.stretches = append(s.stretches, stretch{from: s.size})
	}
}

func (s *spill) write(key, payload []byte) error {
	var head [2 * binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(key)))
	n += binary.PutUvarint(head[n:], uint64(len(payload)))
	_, err := s.out.Write(head[:n])
	if err == nil {
		_, err = s.out.Write(key)
	}
	if err == nil {
		_, err = s.out.Write(payload)
	}
	s.size += int64(n + len(key) + len(payload))
	return err
}

// end ends what was begun; key is the last one.
func (s *spill) end(key []byte) {
	last := &s.stretches[len(s.stretches)-1]
	last.to, last.last = s.size, bytes.Clone(key)
}

// merge reads all stretches side by side. Each reader has its own place in the
// file, so that it may be merged more than once at a time.
func (s *spill) merge() (merging, error) {
	if err := s.out.Flush(); err != nil {
		return nil, err
	}
	var m merging
	for age, part := range s.stretches {
		reader := &stretchReader{in: bufio.NewReaderSize(io.NewSectionReader(s.file, part.from, part.to-part.from), readAhead)}
		m = append(m, &input{age: age, next: reader.next})
	}
	return m.started()
}

type stretchReader struct {
	in   *bufio.Reader
	both []byte
}

// next reads the next entry; there is none at the end of the file.
func (r *stretchReader) next(into *importer.Entry) (bool, error) {
	head, err := r.in.Peek(2 * binary.MaxVarintLen64) // fewer at the end of the file
	if len(head) == 0 {
		if err == io.EOF {
			err = nil
		}
		return false, err
	}
	key, n := binary.Uvarint(head)
	payload, m := binary.Uvarint(head[max(n, 0):])
	if n <= 0 || m <= 0 {
		return false, io.ErrUnexpectedEOF
	}
	if size := int(key + payload); size > cap(r.both) {
		r.both = make([]byte, size+size/2)
	}
	r.both = r.both[:key+payload]
	_, err = r.in.Discard(n + m)
	if err == nil {
		_, err = io.ReadFull(r.in, r.both)
	}
	if err != nil {
		return false, io.ErrUnexpectedEOF
	}
	into.Key, into.Payload = r.both[:key:key], r.both[key:]
	return true, nil
}

// merging is a heap of sorted inputs, the one with the least head on top. Of
// equal keys the older stretch comes first.
type merging []*input

type input struct {
	age  int
	head importer.Entry
	next func(into *importer.Entry) (bool, error)
}

// started reads the first entry of every input.
func (m merging) started() (merging, error) {
	var begun merging
	for _, in := range m {
		more, err := in.next(&in.head)
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

// advance replaces the head that was just used.
func (m *merging) advance() error {
	top := (*m)[0]
	more, err := top.next(&top.head)
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

func (m merging) Len() int { return len(m) }

func (m merging) Less(i, j int) bool {
	order := bytes.Compare(m[i].head.Key, m[j].head.Key)
	return order < 0 || order == 0 && m[i].age < m[j].age
}

func (m merging) Swap(i, j int) { m[i], m[j] = m[j], m[i] }

// Push is part of heap.Interface; nothing is pushed.
func (m *merging) Push(x any) { *m = append(*m, x.(*input)) }

// Pop takes an input that has ended.
func (m *merging) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}

func bigEndian(head [8]byte) uint64 { return binary.BigEndian.Uint64(head[:]) }
