package state

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// sortBuffer is how many bytes a sorter keeps in memory before it writes them
// out, sorted.
const sortBuffer = 4 << 20

// sorter is an external merge sort: what does not fit the buffer is written to
// temporary files in sorted stretches, which are merged when it is read.
type sorter struct {
	buffer  []entry
	size    int
	stretch []*os.File
}

type entry struct {
	key     string
	payload []byte
}

// NewSorter returns an empty sorter.
func (db *DB) NewSorter() importer.Sorter { return &sorter{} }

// Put adds an entry.
func (s *sorter) Put(key string, payload []byte) error {
	s.buffer = append(s.buffer, entry{key, slices.Clone(payload)})
	s.size += len(key) + len(payload) + 64 // for the headers of string and slice
	if s.size < sortBuffer {
		return nil
	}
	return s.spill()
}

// sort keeps entries of one key in the order in which they were put.
func (s *sorter) sort() {
	slices.SortStableFunc(s.buffer, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
}

func (s *sorter) spill() error {
	s.sort()
	file, err := os.CreateTemp("", "eshopctl-sort-*")
	if err != nil {
		return err
	}
	s.stretch = append(s.stretch, file)
	_ = os.Remove(file.Name()) // gone with the process; where that is refused, Close removes it
	out := bufio.NewWriterSize(file, 256<<10)
	for _, e := range s.buffer {
		if err := writeEntry(out, e); err != nil {
			return err
		}
	}
	s.buffer, s.size = s.buffer[:0], 0
	return out.Flush()
}

func writeEntry(out *bufio.Writer, e entry) error {
	var head [2 * binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(e.key)))
	n += binary.PutUvarint(head[n:], uint64(len(e.payload)))
	_, err := out.Write(head[:n])
	if err == nil {
		_, err = out.WriteString(e.key)
	}
	if err == nil {
		_, err = out.Write(e.payload)
	}
	return err
}

func readEntry(in *bufio.Reader) (entry, error) {
	keySize, err := binary.ReadUvarint(in)
	if err != nil {
		return entry{}, err // io.EOF at the end of the stretch
	}
	payloadSize, err := binary.ReadUvarint(in)
	if err != nil {
		return entry{}, io.ErrUnexpectedEOF
	}
	both := make([]byte, keySize+payloadSize)
	if _, err := io.ReadFull(in, both); err != nil {
		return entry{}, io.ErrUnexpectedEOF
	}
	return entry{string(both[:keySize]), both[keySize:]}, nil
}

// Sorted gives all entries in the order of their keys.
func (s *sorter) Sorted() iter.Seq2[importer.Entry, error] {
	return func(yield func(importer.Entry, error) bool) {
		s.sort()
		merge, err := s.merge()
		if err != nil {
			yield(importer.Entry{}, err)
			return
		}
		for merge.Len() > 0 {
			top := merge.inputs[0]
			if !yield(importer.Entry{Key: top.head.key, Payload: top.head.payload}, nil) {
				return
			}
			if err := merge.advance(); err != nil {
				yield(importer.Entry{}, err)
				return
			}
		}
	}
}

// Close removes the temporary files.
func (s *sorter) Close() error {
	var failed error
	for _, file := range s.stretch {
		failed = errors.Join(failed, file.Close())
		_ = os.Remove(file.Name())
	}
	s.stretch, s.buffer = nil, nil
	return failed
}

// merging is a heap of sorted inputs, the one with the least head on top. Of
// equal keys the older stretch comes first.
type merging struct{ inputs []*input }

type input struct {
	age  int
	head entry
	next func() (entry, error)
}

func (s *sorter) merge() (*merging, error) {
	m := &merging{}
	for age, file := range s.stretch {
		in := bufio.NewReaderSize(io.NewSectionReader(file, 0, 1<<62), 64<<10) // its own place, so that two may read at once
		m.inputs = append(m.inputs, &input{age: age, next: func() (entry, error) { return readEntry(in) }})
	}
	rest := s.buffer
	m.inputs = append(m.inputs, &input{age: len(s.stretch), next: func() (entry, error) {
		if len(rest) == 0 {
			return entry{}, io.EOF
		}
		e := rest[0]
		rest = rest[1:]
		return e, nil
	}})
	return m, m.start()
}

// start reads the first entry of every input.
func (m *merging) start() error {
	all := m.inputs
	m.inputs = nil
	for _, in := range all {
		var err error
		switch in.head, err = in.next(); {
		case errors.Is(err, io.EOF):
		case err != nil:
			return err
		default:
			m.inputs = append(m.inputs, in)
		}
	}
	heap.Init(m)
	return nil
}

// advance replaces the head that was just used.
func (m *merging) advance() error {
	top := m.inputs[0]
	var err error
	switch top.head, err = top.next(); {
	case errors.Is(err, io.EOF):
		heap.Pop(m)
		return nil
	case err != nil:
		return err
	}
	heap.Fix(m, 0)
	return nil
}

func (m *merging) Len() int { return len(m.inputs) }

func (m *merging) Less(i, j int) bool {
	a, b := m.inputs[i], m.inputs[j]
	if a.head.key != b.head.key {
		return a.head.key < b.head.key
	}
	return a.age < b.age
}

func (m *merging) Swap(i, j int) { m.inputs[i], m.inputs[j] = m.inputs[j], m.inputs[i] }

func (m *merging) Push(x any) { m.inputs = append(m.inputs, x.(*input)) }

func (m *merging) Pop() any {
	last := m.inputs[len(m.inputs)-1]
	m.inputs = m.inputs[:len(m.inputs)-1]
	return last
}
