package connector

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/oauth2"
)

// handshake is one round of the authorisation-code flow: what was sent out, and
// the one answer that it waits for. Callbacks may come from the listener and
// from the terminal at the same time.
type handshake struct {
	attempt  *attempt
	state    string // proves that a callback answers this handshake
	verifier string // proves that the code is redeemed by who asked for it (RFC 7636)

	accepted chan *answer // gets the first valid callback
	noticed  chan *Fault  // gets the first one that was refused at the door

	notices sync.Once

	mu      sync.Mutex
	settled bool
	refused *Fault // the last refused callback
}

// answer is a valid callback. done gets the outcome of what follows from it.
type answer struct {
	code  string
	fault *Fault // why there is no code that may be used
	done  chan error
}

func newHandshake(a *attempt) *handshake {
	return &handshake{
		attempt: a, state: rand.Text(), verifier: oauth2.GenerateVerifier(),
		accepted: make(chan *answer, 1), noticed: make(chan *Fault, 1),
	}
}

// authorizeURL is the address at which the merchant approves the app.
func (h *handshake) authorizeURL() string {
	return h.attempt.newIssuer().authorizationConfig(h.attempt.wantedResources()).AuthCodeURL(h.state, oauth2.S256ChallengeOption(h.verifier))
}

// receiveAnswer judges a callback by its query. A signed answer to this handshake
// ends the waiting, whatever it says; anything else is refused with a *Fault
// and the waiting goes on. Only the first valid callback is taken: a nil answer
// without a Fault means that there was one before.
func (h *handshake) receiveAnswer(rawQuery string) (*answer, *Fault) {
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
	reply := &answer{code: query.Get("code"), fault: h.objectionTo(query, domain), done: make(chan error, 1)}
	h.accepted <- reply
	return reply, nil
}

// verifyQuery checks the state before the signature, so that only answers to this
// handshake reach the provider.
func (h *handshake) verifyQuery(rawQuery string) (url.Values, string, *Fault) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil || repeatsKey(query) {
		return nil, "", &Fault{Code: NotConnected, Reason: BadSignature, Message: "a callback came that is malformed or names a parameter twice"}
	}
	if subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(h.state)) != 1 {
		return nil, "", &Fault{Code: NotConnected, Reason: StateMismatch, Message: "a callback came that belongs to another attempt"}
	}
	app := h.attempt.app
	domain, err := h.attempt.Provider.VerifyCallback(query, []Secret{app.Secret, app.OldSecret}, h.attempt.Now())
	if err != nil {
		return nil, "", asFault(err, BadSignature)
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

// objectionTo says why a valid callback brings no code that may be used.
func (h *handshake) objectionTo(query url.Values, domain string) *Fault {
	switch {
	case domain != h.attempt.domain: // "" when it names no shop at all
		return h.attempt.wrongShop(domain)
	case query.Get("error") == "access_denied":
		return h.attempt.deniedFault()
	case query.Get("error") != "":
		return h.attempt.faultFor(ExchangeFailed, h.attempt.again(), "%s refused to authorise the app: %s", domain, printableText(clipText(query.Get("error"), 100)))
	case query.Get("code") == "":
		return h.attempt.withoutCode()
	}
	return nil
}

// noticeFault has the operator told of a callback that was refused; of the first
// only, because strangers may send many.
func (h *handshake) noticeFault(fault *Fault) {
	h.notices.Do(func() { h.noticed <- fault })
}

func (h *handshake) lastRefused() *Fault {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.refused
}

// asFault returns err as a *Fault with a reason.
func asFault(err error, otherwise Reason) *Fault {
	var fault *Fault
	if !errors.As(err, &fault) {
		fault = &Fault{Code: NotConnected, Message: err.Error(), Err: err}
	}
	if fault.Reason == "" {
		told := *fault
		told.Reason = otherwise
		fault = &told
	}
	return fault
}

// printableText is a text from outside as it may be stored and shown.
func printableText(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, text)
}

func clipText(text string, limit int) string {
	if len(text) > limit {
		return text[:limit] + "..."
	}
	return text
}

// tellOutcome gives the outcome to the page that the merchant waits for.
func (a *answer) tellOutcome(outcome error) { a.done <- outcome }

// awaitOutcome waits for it, however long the provider takes. The request cannot say
// whether its reader still waits: the server's limit on reading ends it too.
func (a *answer) awaitOutcome() error { return <-a.done }
