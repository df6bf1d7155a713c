package callback

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/url"
	"sync"

	"github.com/eshopos/eshopctl/connector"
)

// Handshake is one round of the authorisation-code flow: what was sent out, and
// the one answer that it waits for. Callbacks may come from the listener and
// from the terminal at the same time.
type Handshake struct {
	Accepted chan *Answer          // gets the first valid callback
	Noticed  chan *connector.Fault // gets the first one that was refused at the door

	state        string // proves that a callback answers this handshake
	authorizeURL string
	verify       VerifyFunc

	notices sync.Once

	mu      sync.Mutex
	settled bool
	refused *connector.Fault // the last refused callback
}

// VerifyFunc checks what the provider adds to the parameters of a callback, and returns
// the domain of the shop that it speaks for, "" when it names none.
type VerifyFunc func(query url.Values) (domain string, err error)

// Answer is a valid callback. Whoever takes it tells what came of it.
type Answer struct {
	Domain string     // of the shop that it speaks for, "" when it names none
	Query  url.Values // each parameter once

	outcome chan error
}

// NewHandshake returns a handshake with a fresh state. authorizeURL makes the address
// at which the merchant approves the app; the shop sends the state back with its
// answer.
func NewHandshake(authorizeURL func(state string) string, verify VerifyFunc) *Handshake {
	state := rand.Text()
	return &Handshake{
		Accepted: make(chan *Answer, 1), Noticed: make(chan *connector.Fault, 1),
		state: state, authorizeURL: authorizeURL(state), verify: verify,
	}
}

// AuthorizeURL returns the address at which the merchant approves the app.
func (h *Handshake) AuthorizeURL() string { return h.authorizeURL }

// ReceiveAnswer judges a callback by its query. A signed answer to this handshake is
// accepted, whatever it says; anything else is refused with a *Fault, and the waiting
// goes on. Only the first valid callback is taken: nil and nil mean that there was one
// before.
func (h *Handshake) ReceiveAnswer(rawQuery string) (*Answer, *connector.Fault) {
	query, domain, fault := h.verifyQuery(rawQuery)
	h.mu.Lock()
	defer h.mu.Unlock()
	if fault != nil {
		h.refused = fault
		return nil, fault
	}
	if h.settled {
		return nil, nil
	}
	h.settled = true
	answer := &Answer{Domain: domain, Query: query, outcome: make(chan error, 1)}
	h.Accepted <- answer
	return answer, nil
}

// verifyQuery checks the state before the signature, so that only answers to this
// handshake reach the provider.
func (h *Handshake) verifyQuery(rawQuery string) (url.Values, string, *connector.Fault) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil || repeatsKey(query) {
		return nil, "", &connector.Fault{Code: connector.NotConnected, Reason: connector.BadSignature,
			Message: "a callback came that is malformed or names a parameter twice"}
	}
	if subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(h.state)) != 1 {
		return nil, "", &connector.Fault{Code: connector.NotConnected, Reason: connector.StateMismatch,
			Message: "a callback came that belongs to another attempt"}
	}
	domain, err := h.verify(query)
	if err != nil {
		return nil, "", asFault(err, connector.BadSignature)
	}
	return query, domain, nil
}

func repeatsKey(query url.Values) bool {
	for _, values := range query {
		if len(values) != 1 {
			return true
		}
	}
	return false
}

// noticeFault has the operator told of a callback that was refused; of the first
// only, because strangers may send many.
func (h *Handshake) noticeFault(fault *connector.Fault) {
	h.notices.Do(func() { h.Noticed <- fault })
}

// LastRefused returns the last callback that was refused, nil when none was.
func (h *Handshake) LastRefused() *connector.Fault {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.refused
}

// asFault returns err as a *Fault with a reason.
func asFault(err error, otherwise connector.Reason) *connector.Fault {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		fault = &connector.Fault{Code: connector.NotConnected, Message: err.Error(), Err: err}
	}
	if fault.Reason == "" {
		told := *fault
		told.Reason = otherwise
		fault = &told
	}
	return fault
}

// TellOutcome gives the outcome to the page that the merchant waits for.
func (a *Answer) TellOutcome(outcome error) { a.outcome <- outcome }

// awaitOutcome waits for the outcome, however long the provider takes. The request's
// context cannot say whether its reader still waits: the server's limit on reading ends
// it too.
func (a *Answer) awaitOutcome() error { return <-a.outcome }
