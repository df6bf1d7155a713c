package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// hanging decides which requests get no answer, as from a busy server or through a firewall that dropped the
// connection. It is safe for use from several goroutines.
type hanging struct {
	mu    sync.Mutex
	place string
	times int
}

// hangingPlaces can be made to hang. The place after-refusal becomes graphql once a field was refused.
var hangingPlaces = []string{"graphql", "after-refusal", "token", "file", "half-file"}

// beginHanging makes the next requests for a place hang.
func (h *hanging) beginHanging(place string, times int) error {
	if !slices.Contains(hangingPlaces, place) {
		return fmt.Errorf("nothing is called %q: %s", place, strings.Join(hangingPlaces, ", "))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.place, h.times = place, times
	return nil
}

// placeOf returns the place that a request is for, "" for any other.
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

// serveUnlessHanging calls the next handler, unless the request must hang.
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

// nextHangs reports whether a request must hang, and whether half of its answer is sent first.
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

// refusedOne notes that a field was refused: from now on after-refusal hangs.
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

// halfway sends the first half of what is written, and then nothing until the client goes away.
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
