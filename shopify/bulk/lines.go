package bulk

import (
	"bufio"
	"bytes"
	"io"
)

// Line is one line of a result.
type Line struct {
	Text   []byte // without its end
	Number int

	whole bool // it had an end; the last one may lack it
}

// empty reports whether nothing stands in the line.
func (l Line) empty() bool { return len(bytes.TrimSpace(l.Text)) == 0 }

const (
	lineBuffer  = 256 << 10
	longestLine = 32 << 20 // bytes; descriptions are hundreds of kilobytes at most
)

// lineReader reads lines of any length.
type lineReader struct {
	in     *bufio.Reader
	long   []byte // a line that does not fit into the buffer
	number int    // of the line that was read last
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, lineBuffer)}
}

// next returns the next line. It is valid until the next call.
func (l *lineReader) next() (Line, error) {
	l.number++
	if cap(l.long) > 4*lineBuffer {
		l.long = nil // do not keep the memory of a giant
	}
	text, err := l.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		l.long = l.long[:0]
		for err == bufio.ErrBufferFull {
			l.long = append(l.long, text...)
			text, err = l.in.ReadSlice('\n')
		}
		l.long = append(l.long, text...)
		text = l.long
	}
	if err == nil {
		return Line{text[:len(text)-1], l.number, true}, nil
	}
	if err == io.EOF && len(text) > 0 {
		return Line{text, l.number, false}, nil
	}
	return Line{}, err
}
