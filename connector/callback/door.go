package callback

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Door is the little web server that waits for the callback, on this machine
// only. It knows two addresses: the one-use address that leads to the provider,
// and the callback. Whatever else comes is turned away and changes nothing.
type Door struct {
	Again chan struct{} // the one-use address was asked for once more

	callback  *url.URL
	listeners []net.Listener
	server    *http.Server
	handshake *Handshake
	shop      string // domain, for the page
	start     string // path of the one-use address
	started   atomic.Bool
}

const (
	headerTimeout = 2 * time.Second // strangers may open many connections and send nothing
	headerLimit   = 16 << 10
	closeTimeout  = 150 * time.Millisecond // for the last page to get out
)

// OpenFor starts to serve the connection of a shop and returns the one-use address.
func (d *Door) OpenFor(h *Handshake, shop string) (start string) {
	d.handshake, d.shop = h, shop
	d.start = "/start/" + rand.Text()
	d.server = &http.Server{
		Handler:           d,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout,
		MaxHeaderBytes:    headerLimit,
		ErrorLog:          silentLog(),
	}
	d.server.SetKeepAlivesEnabled(false)
	for _, listener := range d.listeners {
		go d.server.Serve(listener) //nolint:errcheck // ends with ErrServerClosed
	}
	return (&url.URL{Scheme: d.callback.Scheme, Host: d.callback.Host, Path: d.start}).String()
}

// Close frees the port at once and gives the last page a moment to get out.
func (d *Door) Close() {
	for _, listener := range d.listeners { // a server that has just started may not know them yet
		listener.Close()
	}
	if d.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if d.server.Shutdown(ctx) != nil {
		d.server.Close()
	}
}

// HasStarted reports whether the one-use address was opened.
func (d *Door) HasStarted() bool { return d.started.Load() }

// ServeHTTP serves the two addresses, and turns every other request away.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hardenHeaders(w.Header())
	switch path := r.URL.EscapedPath(); {
	case r.Host != d.callback.Host: // a name that was made to point here
		showPage(w, http.StatusMisdirectedRequest, pageNothing)
	case path != d.start && path != d.callback.EscapedPath():
		showPage(w, http.StatusNotFound, pageNothing)
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		showPage(w, http.StatusMethodNotAllowed, pageNothing)
	case !isNavigation(r.Header):
		showPage(w, http.StatusForbidden, pageNothing)
	case path == d.start:
		d.leadOn(w)
	default:
		d.answerRequest(w, r)
	}
}

// isNavigation reports whether somebody opened the address, as far as the browser says:
// it is false for what another page loads in the background. Other clients say nothing.
func isNavigation(h http.Header) bool {
	mode, target := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	return (mode == "" || mode == "navigate") && (target == "" || target == "document")
}

// leadOn redirects to the provider, once. A second visitor may be the operator, whose
// address something else opened first.
func (d *Door) leadOn(w http.ResponseWriter) {
	if d.started.Swap(true) {
		select {
		case d.Again <- struct{}{}:
		default:
		}
		showPage(w, http.StatusGone, pageUsed)
		return
	}
	w.Header().Set("Location", d.handshake.AuthorizeURL())
	w.WriteHeader(http.StatusFound)
}

// answerRequest passes a callback on and shows what became of it.
func (d *Door) answerRequest(w http.ResponseWriter, r *http.Request) {
	answer, fault := d.handshake.ReceiveAnswer(r.URL.RawQuery)
	if fault != nil {
		d.handshake.noticeFault(fault)
		showPage(w, http.StatusBadRequest, pageRefused)
		return
	}
	if answer == nil {
		showPage(w, http.StatusGone, pageUsed)
		return
	}
	if err := answer.awaitOutcome(); err != nil {
		showPage(w, http.StatusBadRequest, pageFailed.withText(inShort(err)))
		return
	}
	showPage(w, http.StatusOK, pageConnected.withText(d.shop+" is connected."))
}

// inShort is what the page says of a failure. Errors that are not meant for the
// operator are told in the terminal only.
func inShort(err error) string {
	if fault := asFault(err, ""); fault.Err == nil {
		return strings.TrimSuffix(fault.Message, ".") + "."
	}
	return "The terminal says why."
}
