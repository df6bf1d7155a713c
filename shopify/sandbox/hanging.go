package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// hanging is what gets no answer: a server that is busy, or a connection that a firewall forgot. It is safe for use
// from several goroutines.
type hanging struct {
	mu    sync.Mutex
	place string
	times int
}

// hangingPlaces are what can be made to hang; after-refusal is all of graphql from when a
// field is refused.
var hangingPlaces = []string{"graphql", "after-refusal", "token", "file", "half-file"}

// beginHanging has so many requests for a place hang.
func (h *hanging) beginHanging(place string, times int) error {
	if !slices.Contains(hangingPlaces, place) {
		return fmt.Errorf("nothing is called %q: %s", place, strings.Join(hangingPlaces, ", "))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.place, h.times = place, times
	return nil
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

// serveUnlessHanging has the next handler answer, unless the request is to hang.
func (h *hanging) serveUnlessHanging(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	switch hangs, half := h.nextHangs(r); {
	case half:
		next(&halfway{ResponseWriter: w, until: r.Context().Done()}, r)
	case hangs:
		hangUntilGone(r)
	default:
		next(w, r)
	}
}

// nextHangs reports whether a request is to hang, and whether half of its answer is sent.
func (h *hanging) nextHangs(r *http.Request) (hangs, half bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	place, half := strings.CutPrefix(h.place, "half-")
	if h.times == 0 || place != placeOf(r) {
		return false, false
	}
	h.times--
	return true, half
}

// refusedOne notes that a field was refused, which some hanging waits for.
func (h *hanging) refusedOne() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.place == "after-refusal" {
		h.place = "graphql"
	}
}

// hangUntilGone answers nothing until the client goes away.
func hangUntilGone(r *http.Request) {
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
