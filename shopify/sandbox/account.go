package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"time"
)

// Lifetimes of what the token endpoint hands out.
const (
	accessLifetime      = time.Hour
	clientLifetime      = 86399 * time.Second
	refreshLifetime     = 90 * 24 * time.Hour
	reuseLifetime       = 30 * 24 * time.Hour // of a refresh token after its first use
	authorizationWindow = 10 * time.Minute
)

// account is the shop's side of its dealings with the app: state, installation, tokens, request budget. It is
// guarded by the shop's mutex.
type account struct {
	shop      *Shop
	state     shopState
	interlude interlude
	installed bool
	scopes    []string
	refused   []string // fields that the app may not read, whatever its scopes

	autoApprove      bool
	denyNext         bool
	sameOrganisation bool
	onlyExpiring     bool     // permanent tokens are refused, as those of public apps
	issued           []string // every token and code that was ever handed out

	permanent string
	access    map[string]*accessToken
	refresh   map[string]*refreshToken
	codes     map[string]*authorization
	requests  map[string]*authorization // waiting for the merchant's answer
	bucket    bucket
}

// shopState says whether the platform serves the shop at all.
type shopState int

const (
	shopOpen shopState = iota
	shopFrozen
	shopLocked
	shopClosed
	shopForbidden
)

// refusal is the answer of the platform for a shop in this state.
func (s shopState) refusal() (status int, errors string) {
	switch s {
	case shopFrozen:
		return http.StatusPaymentRequired, "Unavailable Shop"
	case shopLocked:
		return http.StatusLocked, "Locked" // the body of a real 423 was not seen
	case shopClosed:
		return http.StatusNotFound, "Not Found"
	case shopForbidden:
		return http.StatusForbidden, "[API] This request is not allowed from your IP address." // wording unknown
	}
	return http.StatusOK, ""
}

// The kinds of access tokens, as Requests shows them.
const (
	tokenPermanent = "permanent"
	tokenExpiring  = "expiring"
	tokenClient    = "client-credentials"
)

type accessToken struct {
	kind    string
	expires time.Time // zero for a permanent one
}

func (t *accessToken) validAt(now time.Time) bool {
	return t.expires.IsZero() || now.Before(t.expires)
}

type refreshToken struct {
	value     string
	expires   time.Time
	firstUsed time.Time
	parent    *refreshToken
	child     *refreshToken
	retired   bool
}

// authorization is one attempt to connect: first a request to the merchant, once approved a code.
type authorization struct {
	redirectURI, state string
	scopes             []string
	challenge          string
	expires            time.Time
}

// install records that the merchant approved the app.
func (a *account) install(scopes []string) {
	a.installed = true
	a.scopes = scopes
}

// uninstall takes away everything the app had in this shop.
func (a *account) uninstall() {
	a.installed, a.scopes = false, nil
	a.revoke()
}

func (a *account) revoke() {
	a.permanent, a.access, a.refresh, a.codes = "", nil, nil, nil
}

// expire ends the life of every access token that has an end.
func (a *account) expire() {
	for _, token := range a.access {
		if !token.expires.IsZero() {
			token.expires = a.shop.clock()
		}
	}
}

func (a *account) validToken(value string) *accessToken {
	token := a.access[value]
	if token == nil || !token.validAt(a.shop.clock()) {
		return nil
	}
	return token
}

func (a *account) addToken(kind string, lifetime time.Duration) string {
	value := "shpat_" + randomHex()
	token := &accessToken{kind: kind}
	if lifetime > 0 {
		token.expires = a.shop.clock().Add(lifetime)
	}
	if a.access == nil {
		a.access = map[string]*accessToken{}
	}
	a.access[value] = token
	a.issued = append(a.issued, value)
	return value
}

// permanentToken is always the same for one installation.
func (a *account) permanentToken() string {
	if a.permanent == "" {
		a.permanent = a.addToken(tokenPermanent, 0)
	}
	return a.permanent
}

// acquirePair hands out a new pair; older refresh tokens end at once, older access tokens at their own time.
func (a *account) acquirePair() (access, refresh string) {
	for _, old := range a.refresh {
		old.retired = true
	}
	return a.issuePair(nil)
}

func (a *account) issuePair(parent *refreshToken) (access, refresh string) {
	token := &refreshToken{value: "shprt_" + randomHex(), expires: a.shop.clock().Add(refreshLifetime), parent: parent}
	if a.refresh == nil {
		a.refresh = map[string]*refreshToken{}
	}
	a.refresh[token.value] = token
	a.issued = append(a.issued, token.value)
	if parent != nil {
		parent.child = token
	}
	return a.addToken(tokenExpiring, accessLifetime), token.value
}

// refreshPair exchanges a refresh token for a new pair. The presented token stays good until its replacement
// is used. That presenting it again retires the replacement given before is an assumption.
func (a *account) refreshPair(value string) (access, refresh string, ok bool) {
	token, now := a.refresh[value], a.shop.clock()
	if token == nil || token.retired || !now.Before(token.expires) {
		return "", "", false
	}
	if token.firstUsed.IsZero() {
		token.firstUsed = now
	} else if !now.Before(token.firstUsed.Add(reuseLifetime)) {
		return "", "", false
	}
	if token.parent != nil {
		token.parent.retired = true
	}
	if token.child != nil {
		token.child.retired = true
	}
	access, refresh = a.issuePair(token)
	return access, refresh, true
}

// begin notes a request for the merchant's approval and returns the ticket by which the page refers to it.
func (a *account) begin(request *authorization) string {
	if a.requests == nil {
		a.requests = map[string]*authorization{}
	}
	ticket := randomHex()
	a.requests[ticket] = request
	return ticket
}

// approve turns a request into a code that can be exchanged once.
func (a *account) approve(request *authorization) string {
	a.install(request.scopes)
	code := randomHex()
	request.expires = a.shop.clock().Add(authorizationWindow)
	if a.codes == nil {
		a.codes = map[string]*authorization{}
	}
	a.codes[code] = request
	a.issued = append(a.issued, code)
	return code
}

// redeem takes a code out of use.
func (a *account) redeem(code string) *authorization {
	request := a.codes[code]
	delete(a.codes, code)
	if request == nil || !a.shop.clock().Before(request.expires) {
		return nil
	}
	return request
}

func randomHex() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}
