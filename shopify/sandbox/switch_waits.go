package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// hanging is what gets no answer: a server that is busy, or a connection that a
// firewall forgot.
type hanging struct {
	place string
	times int
}

// hangingPlaces are what can be made to hang; after-refusal is all of graphql from when a
// field is refused.
var hangingPlaces = []string{"graphql", "after-refusal", "token", "file", "half-file"}

// waitSwitches are about what has those wait who ask.
func waitSwitches() []Switch {
	return []Switch{
		{"hang", "PLACE[xTIMES]", "so many requests (1) hang: " + strings.Join(hangingPlaces, ", "), func(s *Server, _ *Shop, typed string) error {
			place, times, several := strings.Cut(typed, "x")
			n := 1
			if several {
				var err error
				if n, err = strconv.Atoi(times); err != nil {
					return fmt.Errorf("%q is no number of times", times)
				}
			}
			if !slices.Contains(hangingPlaces, place) {
				return fmt.Errorf("nothing is called %q: %s", place, strings.Join(hangingPlaces, ", "))
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.hanging = hanging{place, n}
			return nil
		}},
		{"bulk-stuck", "N", "the next N bulk operations find nothing and never end; 0 for none", bulkNumber(func(b *BulkSettings, n int) { b.Stuck, b.Times = n > 0, n })},
	}
}

// placeOf is which of the places a request is for.
func placeOf(r *http.Request) string {
	switch {
	case strings.HasSuffix(r.URL.Path, "/graphql.json"):
		return "graphql"
	case strings.HasSuffix(r.URL.Path, "/access_token"):
		return "token"
	case strings.HasPrefix(r.URL.Path, bulkFilePath):
		return "file"
	}
	return ""
}

// hangs reports whether a request is to hang, and whether half of its answer is sent.
func (s *Server) hangs(r *http.Request) (hangs, half bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, half := strings.CutPrefix(s.hanging.place, "half-")
	if s.hanging.times == 0 || place != placeOf(r) {
		return false, false
	}
	s.hanging.times--
	return true, half
}

// refusedOne has a field be refused, which some hanging waits for.
func (s *Server) refusedOne() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hanging.place == "after-refusal" {
		s.hanging.place = "graphql"
	}
}

// hang answers nothing until the client goes away.
func hang(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // else nobody notices that the client went away
	<-r.Context().Done()
}

// halfway sends the first bytes of a file, and no more.
type halfway struct {
	http.ResponseWriter
	until <-chan struct{}
}

func (h *halfway) Write(text []byte) (int, error) {
	n, err := h.ResponseWriter.Write(text[:len(text)/2])
	if err == nil {
		_ = http.NewResponseController(h.ResponseWriter).Flush() // it is our own server's
		<-h.until
		err = io.ErrClosedPipe
	}
	return n, err
}
