package shopify

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

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

// next returns the next line without its end. It is valid until the next call.
// The last line may lack its end; then whole is false.
func (l *lineReader) next() (line []byte, whole bool, err error) {
	l.number++
	if cap(l.long) > 4*lineBuffer {
		l.long = nil // do not keep the memory of a giant
	}
	l.long = l.long[:0]
	for {
		line, err = l.in.ReadSlice('\n')
		if len(l.long)+len(line) > l.limit {
			return nil, false, errLongLine
		}
		if err != bufio.ErrBufferFull {
			break
		}
		l.long = append(l.long, line...)
	}
	if len(l.long) > 0 {
		l.long = append(l.long, line...)
		line = l.long
	}
	switch {
	case err == nil:
		return line[:len(line)-1], true, nil
	case err == io.EOF && len(line) > 0:
		return line, false, nil
	}
	return nil, false, err
}

// badLine is a fault of a result file, with the number of the line.
func badLine(d document, number int, format string, args ...any) error {
	fault := incoherent("line %d of the bulk result %s %s", number, d.name(), fmt.Sprintf(format, args...))
	fault.Err = errBadFile
	return fault
}

// badFile is a fault of a result file as a whole.
func badFile(d document, format string, args ...any) error {
	fault := incoherent("the bulk result %s %s", d.name(), fmt.Sprintf(format, args...))
	fault.Err = errBadFile
	return fault
}

// errBadFile marks results that are not what they should be. A second transfer
// may bring them whole, or a second operation.
var errBadFile = errors.New("a result that is not whole")
