package sandbox

import (
	"context"
	"net/http"
)

// Request is one request that the sandbox saw. It never holds a secret.
type Request struct {
	Method, Host, Path string
	Operation          string // name of the GraphQL operation
	Token              string // kind of the access token: permanent, expiring, client-credentials, unknown or none
	Status             int
}

// Requests lists what the sandbox was asked so far, in the order of arrival.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make([]Request, len(s.log))
	for i, r := range s.log {
		requests[i] = *r
	}
	return requests
}

type requestKey struct{}

// recorded notes every request and the status of its answer.
func (s *Server) recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entry := &Request{Method: r.Method, Host: r.Host, Path: r.URL.Path, Token: "none"}
		s.mu.Lock()
		s.log = append(s.log, entry)
		s.mu.Unlock()
		observer := &statusObserver{ResponseWriter: w, status: http.StatusOK}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, entry))
		defer s.note(r, func(e *Request) { e.Status = observer.status })
		next.ServeHTTP(observer, r)
	})
}

// note adds to the record of a request.
func (s *Server) note(r *http.Request, change func(*Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if entry, ok := r.Context().Value(requestKey{}).(*Request); ok {
		change(entry)
	}
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
