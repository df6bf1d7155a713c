package shopify

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func startAhead(file io.Reader) *linesAhead {
	a := &linesAhead{batches: make(chan *someLines), stopped: make(chan struct{})}
	go a.read(file)
	return a
}

func TestLinesComeAsTheyStand(t *testing.T) {
	var want []string
	for i, size := range []int{0, 7, linesSize, 1, 3 * linesSize, 5, linesSize - 20, 19, 2, 0, linesSize + 1} {
		want = append(want, strings.Repeat(fmt.Sprint(i), size), `{"__parentId":"a"}`)
	}
	for end, whole := range map[string]bool{"\n": true, "": false} {
		file := strings.Join(want, "\n") + end
		for name, from := range map[string]io.Reader{"at once": strings.NewReader(file), "in pieces": iotest.HalfReader(strings.NewReader(file))} {
			a, n := startAhead(from), 0
			for some := range a.batches {
				for _, l := range some.lines {
					last := n == len(want)-1
					if string(l.text) != want[n] || l.number != n+1 || l.child != (n%2 == 1) || l.whole != (whole || !last) {
						t.Fatalf("%s: line %d is number %d, %d bytes, whole %v, child %v", name, n+1, l.number, len(l.text), l.whole, l.child)
					}
					n++
				}
				if some.err != nil && (some.err != io.EOF || n != len(want)) {
					t.Errorf("%s: %v behind %d lines", name, some.err, n)
				}
			}
			a.stop()
		}
	}
}

func TestLinesEndWithTheErrorBehindThem(t *testing.T) {
	for name, c := range map[string]struct {
		file   io.Reader
		lines  int
		number int
		err    error
	}{
		"broken":         {io.MultiReader(strings.NewReader("a\nb\nc"), iotest.ErrReader(errBroken)), 2, 3, errBroken},
		"too long":       {io.MultiReader(strings.NewReader("a\n"), bytes.NewReader(make([]byte, longestLine+2))), 1, 2, errLongLine},
		"never unpacked": {strings.NewReader("\x1f\x8b no such form"), 0, 1, nil},
	} {
		a, n := startAhead(c.file), 0
		for some := range a.batches {
			n += len(some.lines)
			if some.err != nil && (c.err != nil && some.err != c.err || some.number != c.number) {
				t.Errorf("%s: %v at line %d", name, some.err, some.number)
			}
		}
		if a.stop(); n != c.lines {
			t.Errorf("%s: %d lines", name, n)
		}
	}
}

// Whoever needs no more lines can stop anywhere.
func TestLinesAheadCanBeStopped(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("a\n"), strings.NewReader(strings.Repeat("line\n", linesSize)))
	for taken := range 3 {
		a := startAhead(endless)
		for range taken {
			<-a.batches
		}
		a.stop()
	}
}
