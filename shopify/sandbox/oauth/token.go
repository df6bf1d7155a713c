package oauth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

// oauthError is an error of the token endpoint.
type oauthError struct {
	status            int
	code, description string
}

func (e oauthError) pageText() string {
	if e.description == "" {
		return e.code
	}
	return e.code + ": " + e.description
}

// tokenAnswer is what the token endpoint hands out.
type tokenAnswer struct {
	AccessToken           string `json:"access_token"`
	Scope                 string `json:"scope"`
	ExpiresIn             int    `json:"expires_in,omitempty"`
	RefreshToken          string `json:"refresh_token,omitempty"`
	RefreshTokenExpiresIn int    `json:"refresh_token_expires_in,omitempty"`
}

// TokenEndpoint exchanges codes, refresh tokens and client credentials for access tokens. The token-exchange
// grant, which migrates old tokens, is not there.
func (a App) TokenEndpoint(w http.ResponseWriter, r *http.Request, account *Account) {
	parameters, err := tokenParameters(r)
	if err != nil {
		answerOAuthError(w, r, oauthError{http.StatusBadRequest, "invalid_request", "The request could not be read"})
		return
	}
	var answer *tokenAnswer
	var problem *oauthError
	account.ChangeGrant(func(g *Grant) {
		if answer, problem = a.tokensFor(g, parameters, account.clock()); problem == nil {
			answer.AccessToken += g.Ending
			answer.Scope = strings.Join(scopes.CompressReads(g.Scopes), ",")
		}
	})
	if problem != nil {
		answerOAuthError(w, r, *problem)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	web.WriteJSON(w, http.StatusOK, answer)
}

// tokenParameters reads a body of either form that clients send.
func tokenParameters(r *http.Request) (map[string]string, error) {
	parameters := map[string]string{}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media == "application/json" {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			return nil, err
		}
		for name, value := range body {
			if text, ok := value.(string); ok {
				parameters[name] = text
			} else if value == float64(1) || value == true {
				parameters[name] = "1"
			}
		}
		return parameters, nil
	}
	err := r.ParseForm()
	for name := range r.PostForm {
		parameters[name] = r.PostForm.Get(name)
	}
	return parameters, err
}

func (a App) tokensFor(g *Grant, parameters map[string]string, now time.Time) (*tokenAnswer, *oauthError) {
	if parameters["client_id"] != a.ClientID {
		return nil, &oauthError{http.StatusBadRequest, "application_cannot_be_found", ""}
	}
	if !hmac.Equal([]byte(parameters["client_secret"]), []byte(a.ClientSecret)) {
		return nil, &oauthError{http.StatusBadRequest, "invalid_client", ""}
	}
	switch parameters["grant_type"] {
	case "", "authorization_code":
		return grantCode(g, parameters, now)
	case "refresh_token":
		return grantRefresh(g, parameters, now)
	case "client_credentials":
		return grantClient(g, now)
	}
	return nil, &oauthError{http.StatusBadRequest, "unsupported_grant_type", ""}
}

func grantCode(g *Grant, parameters map[string]string, now time.Time) (*tokenAnswer, *oauthError) {
	request := g.Tokens.redeemCode(parameters["code"], now)
	if request == nil || !verifiesChallenge(request.challenge, parameters["code_verifier"]) ||
		parameters["redirect_uri"] != "" && parameters["redirect_uri"] != request.redirectURI {
		// What Shopify says to a wrong verifier is not known.
		return nil, &oauthError{http.StatusBadRequest, "invalid_request", "The authorization code was not found or was already used"}
	}
	if parameters["expiring"] != "1" {
		return &tokenAnswer{AccessToken: g.Tokens.permanentToken()}, nil
	}
	access, refresh := g.Tokens.acquirePair(now)
	return pairAnswer(access, refresh), nil
}

func grantRefresh(g *Grant, parameters map[string]string, now time.Time) (*tokenAnswer, *oauthError) {
	access, refresh, ok := g.Tokens.refreshPair(parameters["refresh_token"], now)
	if !ok {
		return nil, &oauthError{http.StatusUnauthorized, "invalid_request", "This request requires an active refresh_token"}
	}
	return pairAnswer(access, refresh), nil
}

func pairAnswer(access, refresh string) *tokenAnswer {
	return &tokenAnswer{
		AccessToken: access, ExpiresIn: int(accessLifetime.Seconds()),
		RefreshToken: refresh, RefreshTokenExpiresIn: int(refreshLifetime.Seconds()),
	}
}

// grantClient serves apps of the shop's own organisation. Whether a second token retires the first is not
// documented; here both work.
func grantClient(g *Grant, now time.Time) (*tokenAnswer, *oauthError) {
	switch {
	case !g.SameOrganisation:
		return nil, &oauthError{http.StatusBadRequest, "shop_not_permitted", "Client credentials cannot be performed on this shop."}
	case !g.Installed:
		return nil, &oauthError{http.StatusBadRequest, "app_not_installed", ""}
	}
	return &tokenAnswer{AccessToken: g.Tokens.addAccess(tokenClient, now.Add(clientLifetime)), ExpiresIn: int(clientLifetime.Seconds())}, nil
}

// verifiesChallenge checks the proof key: the challenge is the S256 of the verifier.
func verifiesChallenge(challenge, verifier string) bool {
	return challenge == "" || hmac.Equal([]byte(ChallengeOf(verifier)), []byte(challenge))
}

// ChallengeOf is the S256 challenge of a code verifier.
func ChallengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// answerOAuthError answers in JSON to those who ask for it and with a page to all others.
func answerOAuthError(w http.ResponseWriter, r *http.Request, e oauthError) {
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		oauthErrorPage(w, e.status, e.pageText())
		return
	}
	body := map[string]string{"error": e.code}
	if e.description != "" {
		body["error_description"] = e.description
	}
	web.WriteJSON(w, e.status, body)
}
