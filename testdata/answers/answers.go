// Package answers gives tests a shop that answers each request with the next of its
// answers, and what a reader of it needs besides.
package answers

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

const (
	// Domain is that of the shop.
	Domain = "a.myshopify.com"
	// Token is one that the shop takes.
	Token = "shpat_0123456789abcdef" // gitleaks:allow: made up
)

// Shop is a server that answers each request with the next of its answers, the last one
// for ever.
type Shop struct {
	URL      string
	Requests int             // requests
	Waits    []time.Duration // that Sleep was asked for

	mu      sync.Mutex
	answers []http.HandlerFunc
}

// Serve serves a shop until the test ends.
func Serve(t *testing.T, answers ...http.HandlerFunc) *Shop {
	s := &Shop{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	answer := s.answers[min(s.Requests, len(s.answers)-1)]
	s.Requests++
	s.mu.Unlock()
	answer(w, r)
}

// Sleep notes how long it should wait, and does not.
func (s *Shop) Sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Waits = append(s.Waits, d)
	return context.Cause(ctx)
}

// Tokens are credentials that renew their token once.
type Tokens struct {
	Current, Next string // Next is "" where there is no other
	Refusals      int

	mu sync.Mutex
}

// Token is the one at hand.
func (k *Tokens) Token(context.Context) (connector.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return connector.NewSecret(k.Current), nil
}

// Refused renews the token.
func (k *Tokens) Refused(_ context.Context, used connector.Secret) (connector.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.Refusals++
	if k.Next == "" || used.Reveal() == k.Next {
		return connector.Secret{}, &connector.Fault{Code: connector.TokenWasRefused, Message: "no other token"}
	}
	k.Current = k.Next
	return connector.NewSecret(k.Current), nil
}

// Question is a request as a test server sees it.
type Question struct {
	OperationName string
	Variables     struct {
		ID, After   string
		First       int
		LevelsFirst int
	}
}

// QuestionIn is the question of a request.
func QuestionIn(r *http.Request) Question {
	var q Question
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		panic(err)
	}
	return q
}
