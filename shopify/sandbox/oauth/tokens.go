package oauth

import (
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

// Lifetimes of what the token endpoint hands out.
const (
	accessLifetime      = time.Hour
	clientLifetime      = 86399 * time.Second
	refreshLifetime     = 90 * 24 * time.Hour
	reuseLifetime       = 30 * 24 * time.Hour // of a refresh token after its first use
	authorizationWindow = 10 * time.Minute
)

// The kinds of access tokens.
const (
	tokenPermanent = "permanent"
	tokenExpiring  = "expiring"
	tokenClient    = "client-credentials"
)

// Tokens are the tokens and codes of the app in one shop, and the requests that may lead to more.
type Tokens struct {
	permanent string
	Access    map[string]*AccessToken
	refresh   map[string]*refreshToken
	codes     map[string]*authorization
	requests  map[string]*authorization // waiting for the merchant's answer
	Issued    []string                  // every token and code that was ever handed out
}

// AccessToken is a token by which the app may ask the Admin API.
type AccessToken struct {
	kind    string
	Expires time.Time // zero for a permanent one
}

func (t *AccessToken) validAt(now time.Time) bool {
	return t.Expires.IsZero() || now.Before(t.Expires)
}

type refreshToken struct {
	value     string
	expires   time.Time
	firstUsed time.Time
	parent    *refreshToken
	child     *refreshToken
	retired   bool
}

// RevokeAll makes all tokens and codes worthless, refresh tokens too.
func (t *Tokens) RevokeAll() {
	t.permanent, t.Access, t.refresh, t.codes = "", nil, nil, nil
}

// validAccess returns the access token with that value, nil when it is not valid now.
func (t *Tokens) validAccess(value string, now time.Time) *AccessToken {
	token := t.Access[value]
	if token == nil || !token.validAt(now) {
		return nil
	}
	return token
}

// addAccess hands out an access token that ends at a time, the zero time for never.
func (t *Tokens) addAccess(kind string, expires time.Time) string {
	value := "shpat_" + web.RandomHex()
	if t.Access == nil {
		t.Access = map[string]*AccessToken{}
	}
	t.Access[value] = &AccessToken{kind: kind, Expires: expires}
	t.Issued = append(t.Issued, value)
	return value
}

// permanentToken is always the same for one installation.
func (t *Tokens) permanentToken() string {
	if t.permanent == "" {
		t.permanent = t.addAccess(tokenPermanent, time.Time{})
	}
	return t.permanent
}

// acquirePair hands out a new pair; older refresh tokens end at once, older access tokens at their own time.
func (t *Tokens) acquirePair(now time.Time) (access, refresh string) {
	for _, old := range t.refresh {
		old.retired = true
	}
	return t.issuePair(nil, now)
}

func (t *Tokens) issuePair(parent *refreshToken, now time.Time) (access, refresh string) {
	token := &refreshToken{value: "shprt_" + web.RandomHex(), expires: now.Add(refreshLifetime), parent: parent}
	if t.refresh == nil {
		t.refresh = map[string]*refreshToken{}
	}
	t.refresh[token.value] = token
	t.Issued = append(t.Issued, token.value)
	if parent != nil {
		parent.child = token
	}
	return t.addAccess(tokenExpiring, now.Add(accessLifetime)), token.value
}

// refreshPair exchanges a refresh token for a new pair. The presented token stays good until its replacement
// is used. That presenting it again retires the replacement given before is an assumption.
func (t *Tokens) refreshPair(value string, now time.Time) (access, refresh string, ok bool) {
	token := t.refresh[value]
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
	access, refresh = t.issuePair(token, now)
	return access, refresh, true
}

// authorization is one attempt to connect: first a request to the merchant, once approved a code.
type authorization struct {
	redirectURI, state string
	scopes             []string
	challenge          string
	expires            time.Time
}

// beginRequest notes a request for the merchant's approval and returns the ticket by which the page refers to it.
func (t *Tokens) beginRequest(request *authorization) string {
	if t.requests == nil {
		t.requests = map[string]*authorization{}
	}
	ticket := web.RandomHex()
	t.requests[ticket] = request
	return ticket
}

// endRequest removes and returns the request of a ticket, nil when it was answered before.
func (t *Tokens) endRequest(ticket string) *authorization {
	request := t.requests[ticket]
	delete(t.requests, ticket)
	return request
}

// codeFor turns a request that was approved into a code that can be exchanged once.
func (t *Tokens) codeFor(request *authorization, now time.Time) string {
	code := web.RandomHex()
	request.expires = now.Add(authorizationWindow)
	if t.codes == nil {
		t.codes = map[string]*authorization{}
	}
	t.codes[code] = request
	t.Issued = append(t.Issued, code)
	return code
}

// redeemCode returns what a code was issued for, nil when it is not valid. A code is good once.
func (t *Tokens) redeemCode(code string, now time.Time) *authorization {
	request := t.codes[code]
	delete(t.codes, code)
	if request == nil || !now.Before(request.expires) {
		return nil
	}
	return request
}
