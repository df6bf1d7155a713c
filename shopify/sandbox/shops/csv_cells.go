package shops

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// csvRecord is one row of a file, with the line at which it begins.
type csvRecord struct {
	line  int
	cells []string
}

// csvScanner cuts a file into rows and keeps all texts as they are. The standard library would turn CRLF in a
// description into LF, does not read lines that end with CR, and takes a byte order mark before a quote for text.
type csvScanner struct {
	rest []byte
	line int
	byCR bool // lines end with CR alone, as old spreadsheets write them
}

var errNoText = errors.New("the text is not in UTF-8; save the file as UTF-8")

// scanCSV cuts a file into rows without those that are empty.
func scanCSV(file []byte) ([]csvRecord, error) {
	if bytes.HasPrefix(file, []byte{0xff, 0xfe}) || bytes.HasPrefix(file, []byte{0xfe, 0xff}) {
		return nil, errors.New("the file is in UTF-16; save it as UTF-8")
	}
	s := &csvScanner{rest: bytes.TrimPrefix(file, []byte("\ufeff")), line: 1}
	s.byCR = endsWithCR(s.rest)
	var records []csvRecord
	for len(s.rest) > 0 {
		record, err := s.nextRecord()
		if err != nil {
			return records, err
		}
		if strings.Join(record.cells, "") != "" {
			records = append(records, record)
		}
	}
	return records, nil
}

// endsWithCR reports whether the first line ends with CR alone.
func endsWithCR(text []byte) bool {
	quoted := false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return false
		case c == '\r':
			return i+1 == len(text) || text[i+1] != '\n'
		}
	}
	return false
}

// nextRecord cuts the next row off.
func (s *csvScanner) nextRecord() (csvRecord, error) {
	record := csvRecord{line: s.line}
	for {
		cell, err := s.nextCell()
		if err == nil && (!utf8.ValidString(cell) || strings.Contains(cell, "\x00")) {
			err = errNoText
		}
		record.cells = append(record.cells, cell)
		if err != nil {
			return record, &csvCellError{record, len(record.cells) - 1, err}
		}
		if len(s.rest) == 0 || s.endOfLine() {
			return record, nil
		}
		s.rest = s.rest[1:] // a comma
	}
}

// nextCell cuts the next cell off, up to its comma or line end.
func (s *csvScanner) nextCell() (string, error) {
	if !bytes.HasPrefix(s.rest, []byte{'"'}) {
		return s.plainCell()
	}
	began := s.line
	var text []byte
	for rest := s.rest[1:]; ; {
		end := bytes.IndexByte(rest, '"')
		if end < 0 {
			return "", fmt.Errorf("a quote that opens in line %d is never closed", began)
		}
		text = append(text, rest[:end]...)
		s.countLines(rest[:end])
		if rest = rest[end+1:]; !bytes.HasPrefix(rest, []byte{'"'}) {
			s.rest = rest
			break
		}
		text, rest = append(text, '"'), rest[1:]
	}
	if len(s.rest) > 0 && !bytes.ContainsRune([]byte(",\r\n"), rune(s.rest[0])) {
		return string(text), errors.New("text stands behind a closing quote; a quote within a text is written twice")
	}
	return string(text), nil
}

func (s *csvScanner) plainCell() (string, error) {
	end := bytes.IndexAny(s.rest, ",\r\n")
	if end < 0 {
		end = len(s.rest)
	}
	text := string(s.rest[:end])
	s.rest = s.rest[end:]
	switch {
	case strings.Contains(text, `"`):
		return text, errors.New("a quote stands in a text that is not quoted; quote the text and write the quote twice")
	case s.strayEnd():
		return text, errors.New("the line ends otherwise than the first one does; let all lines end alike")
	}
	return text, nil
}

// strayEnd reports whether the next bytes are a line end of another kind than those of this file.
func (s *csvScanner) strayEnd() bool {
	if s.byCR {
		return bytes.HasPrefix(s.rest, []byte{'\n'}) || bytes.HasPrefix(s.rest, []byte("\r\n"))
	}
	return bytes.HasPrefix(s.rest, []byte{'\r'}) && !bytes.HasPrefix(s.rest, []byte("\r\n"))
}

// endOfLine takes a line end, if one comes.
func (s *csvScanner) endOfLine() bool {
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if rest, found := bytes.CutPrefix(s.rest, []byte(end)); found {
			s.rest = rest
			s.line++
			return true
		}
	}
	return false
}

// countLines counts the lines that end within a quoted text.
func (s *csvScanner) countLines(text []byte) {
	end := []byte{'\n'}
	if s.byCR {
		end = []byte{'\r'}
	}
	s.line += bytes.Count(text, end)
}

// csvCellError says what is wrong with a cell.
type csvCellError struct {
	record csvRecord
	cell   int
	err    error
}

func (e *csvCellError) Error() string { return fmt.Sprintf("line %d: %s", e.record.line, e.err) }
func (e *csvCellError) Unwrap() error { return e.err }
