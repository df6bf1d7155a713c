package state

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"io"
	"os"

	"github.com/eshopos/eshopctl/importer"
)

// stretch is a temporary file of entries in order. out is flushed before it is
// read.
type stretch struct {
	file *os.File
	out  *bufio.Writer
	last []byte // key of the last entry
}

const (
	writeAhead = 64 << 10
	readAhead  = 32 << 10
)

func newStretch() (*stretch, error) {
	file, err := os.CreateTemp("", "eshopctl-sort-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // gone with the process; where that is refused, Close removes it
	return &stretch{file: file, out: bufio.NewWriterSize(file, writeAhead)}, nil
}

func (s *stretch) write(key, payload []byte) error {
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
	return err
}

// reader has its own place in the file, so that two may read at once.
func (s *stretch) reader() *stretchReader {
	return &stretchReader{in: bufio.NewReaderSize(io.NewSectionReader(s.file, 0, 1<<62), readAhead)}
}

type stretchReader struct {
	in   *bufio.Reader
	both []byte
}

// next reads the next entry; there is none at the end of the file.
func (r *stretchReader) next(into *importer.Entry) (bool, error) {
	key, err := binary.ReadUvarint(r.in)
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	payload, err := binary.ReadUvarint(r.in)
	if err != nil {
		return false, io.ErrUnexpectedEOF
	}
	if size := int(key + payload); size > cap(r.both) {
		r.both = make([]byte, size+size/2)
	}
	r.both = r.both[:key+payload]
	if _, err := io.ReadFull(r.in, r.both); err != nil {
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
