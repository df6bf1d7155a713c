package bulk

import (
	"bufio"
	"bytes"
	"io"
)

// Line is one line of a result.
type Line struct {
	Text   []byte // without the newline
	Number int    // from 1

	whole bool // a newline ended it, which the last line may lack
}

// empty reports whether the line holds nothing but blanks.
func (l Line) empty() bool { return len(bytes.TrimSpace(l.Text)) == 0 }

const (
	lineBuffer  = 256 << 10
	longestLine = 32 << 20 // bytes; descriptions have hundreds of kilobytes at most
)

// lineReader reads lines of any length.
type lineReader struct {
	in     *bufio.Reader
	long   []byte // memory for lines that do not fit into the buffer
	number int    // of the last line
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, lineBuffer)}
}

// next returns the next line, valid until the next call.
func (l *lineReader) next() (Line, error) {
	l.number++
	if cap(l.long) > 4*lineBuffer {
		l.long = nil // do not keep memory of that size
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
