package sandbox

import (
	"context"
	"net/http"
	"sync"
)

// Request is one request that the sandbox saw. It never holds a secret.
type Request struct {
	Method, Host, Path string
	Operation          string // name of the GraphQL operation
	Token              string // kind of the access token: permanent, expiring, client-credentials, unknown or none
	Status             int    // 0 until it is answered
}

// RequestLog lists what a sandbox was asked, in the order of arrival. Readers must hold the mutex.
type RequestLog struct {
	sync.Mutex
	Requests []*Request
}

type requestKey struct{}

// recordHandler notes every request and the status of its answer. Without a log it notes nothing.
func (l *RequestLog) recordHandler(next http.Handler) http.Handler {
	if l == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entry := &Request{Method: r.Method, Host: r.Host, Path: r.URL.Path, Token: "none"}
		l.Lock()
		l.Requests = append(l.Requests, entry)
		l.Unlock()
		observer := &statusObserver{ResponseWriter: w, status: http.StatusOK}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, entry))
		defer l.noteEntry(r, func(e *Request) { e.Status = observer.status })
		next.ServeHTTP(observer, r)
	})
}

// noteEntry adds to the record of a request.
func (l *RequestLog) noteEntry(r *http.Request, change func(*Request)) {
	entry, ok := r.Context().Value(requestKey{}).(*Request)
	if !ok {
		return
	}
	l.Lock()
	defer l.Unlock()
	change(entry)
}

type statusObserver struct {
	http.ResponseWriter
	status int
}

func (o *statusObserver) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the real writer.
func (o *statusObserver) Unwrap() http.ResponseWriter { return o.ResponseWriter }
