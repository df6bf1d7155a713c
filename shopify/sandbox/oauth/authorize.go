package oauth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
)

// App is the app that the shops know.
type App struct {
	ClientID, ClientSecret string
	RedirectURLs           []string
	Scopes                 []string
}

// AskedShop is a shop that is asked to let the app in.
type AskedShop struct {
	Name, Domain string
	Account      *Account
}

// AuthorizePage begins an authorization: the merchant sees who asks for what.
func (a App) AuthorizePage(w http.ResponseWriter, r *http.Request, shop AskedShop) {
	request, problem := a.authorizationRequest(r.URL.Query())
	if problem != "" {
		oauthErrorPage(w, http.StatusBadRequest, problem)
		return
	}
	var deny, approve bool
	ticket := ""
	shop.Account.ChangeGrant(func(g *Grant) {
		deny, approve = g.DenyNext, g.AutoApprove
		g.DenyNext = false
		ticket = g.Tokens.beginRequest(request)
	})
	switch {
	case deny:
		a.answerAuthorization(w, r, shop, ticket, false)
	case approve:
		a.answerAuthorization(w, r, shop, ticket, true)
	default:
		showApproval(w, approval{shop.Name, shop.Domain, ticket, request.scopes})
	}
}

// authorizationRequest checks the parameters; the texts are those of Shopify's own error pages.
func (a App) authorizationRequest(query url.Values) (*authorization, string) {
	wanted := scopes.SplitList(query.Get("scope"))
	if len(wanted) == 0 {
		wanted = slices.Clone(a.Scopes)
	}
	switch {
	case query.Get("client_id") != a.ClientID:
		return nil, "application_cannot_be_found: Could not find Shopify API application with api_key " + query.Get("client_id")
	case !slices.Contains(a.RedirectURLs, query.Get("redirect_uri")):
		return nil, "invalid_request: The redirect_uri is not whitelisted"
	case !a.mayAskFor(wanted):
		return nil, "failed_grant_with_invalid_scopes"
	case query.Get("state") == "":
		return nil, "invalid_request: The state is missing" // Shopify itself does not seem to insist; clients must send one
	case query.Get("code_challenge") != "" && query.Get("code_challenge_method") != "S256":
		return nil, "invalid_request: The code_challenge_method is not supported" // wording unknown
	}
	return &authorization{
		redirectURI: query.Get("redirect_uri"), state: query.Get("state"), scopes: wanted,
		challenge: query.Get("code_challenge"),
	}, ""
}

func (a App) mayAskFor(wanted []string) bool {
	ours := scopes.ExpandReads(a.Scopes)
	return !slices.ContainsFunc(wanted, func(scope string) bool { return !slices.Contains(ours, scope) })
}

// AuthorizeAnswer takes the merchant's click on Approve or Cancel.
func (a App) AuthorizeAnswer(w http.ResponseWriter, r *http.Request, shop AskedShop) {
	a.answerAuthorization(w, r, shop, r.PostFormValue("ticket"), r.PostFormValue("answer") == "approve")
}

func (a App) answerAuthorization(w http.ResponseWriter, r *http.Request, shop AskedShop, ticket string, approved bool) {
	var request *authorization
	code, now := "", shop.Account.clock()
	shop.Account.ChangeGrant(func(g *Grant) {
		if request = g.Tokens.endRequest(ticket); request != nil && approved {
			g.installApp(request.scopes)
			code = g.Tokens.codeFor(request, now)
		}
	})
	if request == nil {
		oauthErrorPage(w, http.StatusBadRequest, "invalid_request: This request was already answered")
		return
	}
	answer := url.Values{
		"shop": {shop.Domain}, "state": {request.state},
		"timestamp": {strconv.FormatInt(now.Unix(), 10)},
	}
	if approved {
		answer.Set("code", code)
		answer.Set("host", adminHost(shop.Domain))
	} else {
		// Shopify's own command line expects this form; its admin often sends no callback at all on Cancel.
		answer.Set("error", "access_denied")
		answer.Set("error_description", "The merchant refused the request")
	}
	answer.Set("hmac", SignCallback(a.ClientSecret, answer))
	http.Redirect(w, r, withQuery(request.redirectURI, answer), http.StatusFound)
}

func adminHost(domain string) string {
	name, _, _ := strings.Cut(domain, ".")
	return base64.RawStdEncoding.EncodeToString([]byte("admin.shopify.com/store/" + name))
}

func withQuery(address string, query url.Values) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + query.Encode()
}

// SignCallback is the hmac of a callback: over the sorted parameters, less hmac itself and the historical
// signature, joined as name=value with &.
func SignCallback(secret string, parameters url.Values) string {
	var names, pairs []string
	for name := range parameters {
		if name != "hmac" && name != "signature" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		pairs = append(pairs, name+"="+parameters.Get(name))
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(strings.Join(pairs, "&")))
	return hex.EncodeToString(mac.Sum(nil))
}
