package shopify

import "io"

// line is one line of a result.
type line struct {
	text   []byte // without its end
	number int
	whole  bool // it had an end; the last one may lack it
	child  bool // it may be that of a child
}

// at is where the line stands in the result of a document.
func (l line) at(d document) place { return place{d, l.number} }

// someLines are lines that stand one behind the other, and the error behind them.
type someLines struct {
	text   []byte
	lines  []line
	err    error
	number int // of the line that could not be read
}

const (
	linesSize    = 32 << 10
	batchesAhead = 2
)

// fits reports whether there is room for another line; an empty one makes it.
func (s *someLines) fits(text []byte) bool {
	if len(s.lines) == 0 && cap(s.text) < len(text) {
		s.text = make([]byte, 0, len(text))
	}
	return cap(s.text)-len(s.text) >= len(text)
}

func (s *someLines) add(l line) {
	from := len(s.text)
	s.text = append(s.text, l.text...)
	l.text = s.text[from:]
	s.lines = append(s.lines, l)
}

func (s *someLines) emptied() *someLines {
	if s == nil {
		s = &someLines{}
	}
	if cap(s.text) != linesSize {
		s.text = make([]byte, 0, linesSize) // do not keep the memory of a giant
	}
	return &someLines{text: s.text[:0], lines: s.lines[:0]}
}

// linesAhead fetches and unpacks the lines of a file while those before them are
// decoded.
type linesAhead struct {
	batches chan *someLines
	stopped chan struct{}
}

// ahead begins a pass through a file. Stop it before the file is closed; what
// waits for the file must be ended by then.
func (p *pass) ahead(file io.Reader) *linesAhead {
	p.lines.begin()
	a := &linesAhead{batches: make(chan *someLines, batchesAhead), stopped: make(chan struct{})}
	go a.read(file)
	return a
}

func (a *linesAhead) stop() {
	close(a.stopped)
	for range a.batches { // until nothing more is fetched
	}
}

// read sends lines in batches by turns. Beside those that wait there is one that is
// filled and one that is used.
func (a *linesAhead) read(file io.Reader) {
	defer close(a.batches)
	var batches [batchesAhead + 2]*someLines
	turn, filling := 0, (*someLines)(nil).emptied()
	next := func() bool {
		select {
		case a.batches <- filling:
			batches[turn] = filling
			turn = (turn + 1) % len(batches)
			filling = batches[turn].emptied()
			return true
		case <-a.stopped:
			return false
		}
	}
	text, err := unpacked(file)
	in := newLineReader(text, longestLine)
	for err == nil {
		l := line{}
		if l.text, l.whole, err = in.next(); err != nil {
			break
		}
		if !filling.fits(l.text) && !(next() && filling.fits(l.text)) {
			return
		}
		l.number, l.child = in.number, child(l.text)
		filling.add(l)
	}
	filling.err, filling.number = err, max(in.number, 1)
	next()
}
