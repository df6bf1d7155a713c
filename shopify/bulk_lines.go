package shopify

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// line is one line of a result.
type line struct {
	text   []byte // without its end
	number int
	whole  bool // it had an end; the last one may lack it
}

// empty reports whether nothing stands in the line.
func (l line) empty() bool { return len(bytes.TrimSpace(l.text)) == 0 }

// at is where the line stands in the result of a document.
func (l line) at(d document) place { return place{d, l.number} }

// child reports whether the line may be that of a part. Which it is shows when it is
// decoded: a text may hold the word.
func (l line) child() bool { return bytes.Contains(l.text, parentField) }

var parentField = []byte(`__parentId"`)

const (
	lineBuffer  = 256 << 10
	longestLine = 32 << 20 // bytes; descriptions are hundreds of kilobytes at most
)

var errLongLine = errors.New("the line is too long")

// lineReader reads lines of any length up to a limit in bounded memory.
type lineReader struct {
	in     *bufio.Reader
	long   []byte // a line that does not fit into the buffer
	limit  int
	number int // of the line that was read last
}

func newLineReader(in io.Reader, limit int) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, lineBuffer), limit: limit}
}

// next returns the next line. It is valid until the next call.
func (l *lineReader) next() (line, error) {
	l.number++
	if cap(l.long) > 4*lineBuffer {
		l.long = nil // do not keep the memory of a giant
	}
	l.long = l.long[:0]
	for {
		text, err := l.in.ReadSlice('\n')
		switch {
		case len(l.long)+len(text) > l.limit:
			return line{}, errLongLine
		case err == bufio.ErrBufferFull:
			l.long = append(l.long, text...)
			continue
		case len(l.long) > 0:
			l.long = append(l.long, text...)
			text = l.long
		}
		if err == nil {
			return line{text[:len(text)-1], l.number, true}, nil
		}
		if err == io.EOF && len(text) > 0 {
			return line{text, l.number, false}, nil
		}
		return line{}, err
	}
}
