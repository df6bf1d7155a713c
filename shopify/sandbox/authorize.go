package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// authorizePage begins an authorization: the merchant sees who asks for what.
func (s *Server) authorizePage(w http.ResponseWriter, r *http.Request) {
	shop := s.askedShop(r)
	if shop == nil {
		notFound(w, r)
		return
	}
	if status, errors := shop.state().refusal(); errors != "" {
		refuse(w, status, errors)
		return
	}
	request, problem := s.authorizationRequest(r.URL.Query())
	if problem != "" {
		oauthErrorPage(w, http.StatusBadRequest, problem)
		return
	}
	shop.mu.Lock()
	deny, approve := shop.account.denyNext, shop.account.autoApprove
	shop.account.denyNext = false
	ticket := shop.account.begin(request)
	name := shop.identity.Name
	shop.mu.Unlock()
	switch {
	case deny:
		s.answerAuthorization(w, r, shop, ticket, false)
	case approve:
		s.answerAuthorization(w, r, shop, ticket, true)
	default:
		showApproval(w, approval{name, shop.domain, ticket, request.scopes})
	}
}

// askedShop is named by the Host header, or at the sandbox's own address by a parameter.
func (s *Server) askedShop(r *http.Request) *Shop {
	if shop := s.shopOf(r); shop != nil {
		return shop
	}
	return s.Shop(strings.ToLower(r.FormValue("shop")))
}

// authorizationRequest checks the parameters; the texts are those of Shopify's own error pages.
func (s *Server) authorizationRequest(query url.Values) (*authorization, string) {
	scopes := splitScopes(query.Get("scope"))
	if len(scopes) == 0 {
		scopes = slices.Clone(s.app.Scopes)
	}
	switch {
	case query.Get("client_id") != s.app.ClientID:
		return nil, "application_cannot_be_found: Could not find Shopify API application with api_key " + query.Get("client_id")
	case !slices.Contains(s.app.RedirectURLs, query.Get("redirect_uri")):
		return nil, "invalid_request: The redirect_uri is not whitelisted"
	case !s.grantable(scopes):
		return nil, "failed_grant_with_invalid_scopes"
	case query.Get("state") == "":
		return nil, "invalid_request: The state is missing" // Shopify itself does not seem to insist; clients must send one
	case query.Get("code_challenge") != "" && query.Get("code_challenge_method") != "S256":
		return nil, "invalid_request: The code_challenge_method is not supported" // wording unknown
	}
	return &authorization{
		redirectURI: query.Get("redirect_uri"), state: query.Get("state"), scopes: scopes,
		challenge: query.Get("code_challenge"),
	}, ""
}

func (s *Server) grantable(scopes []string) bool {
	ours := expandScopes(s.app.Scopes)
	return !slices.ContainsFunc(scopes, func(scope string) bool { return !slices.Contains(ours, scope) })
}

// authorizeAnswer takes the merchant's click on Approve or Cancel.
func (s *Server) authorizeAnswer(w http.ResponseWriter, r *http.Request) {
	shop := s.askedShop(r)
	if shop == nil {
		notFound(w, r)
		return
	}
	s.answerAuthorization(w, r, shop, r.PostFormValue("ticket"), r.PostFormValue("answer") == "approve")
}

func (s *Server) answerAuthorization(w http.ResponseWriter, r *http.Request, shop *Shop, ticket string, approved bool) {
	shop.mu.Lock()
	defer shop.mu.Unlock()
	request := shop.account.requests[ticket]
	delete(shop.account.requests, ticket)
	if request == nil {
		oauthErrorPage(w, http.StatusBadRequest, "invalid_request: This request was already answered")
		return
	}
	answer := url.Values{
		"shop": {shop.domain}, "state": {request.state},
		"timestamp": {strconv.FormatInt(shop.clock().Unix(), 10)},
	}
	if approved {
		answer.Set("code", shop.account.approve(request))
		answer.Set("host", adminHost(shop.domain))
	} else {
		// Shopify's own command line expects this form; its admin often sends no callback at all on Cancel.
		answer.Set("error", "access_denied")
		answer.Set("error_description", "The merchant refused the request")
	}
	answer.Set("hmac", SignCallback(s.app.ClientSecret, answer))
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

type approval struct {
	Shop, Domain, Ticket string
	Scopes               []string
}

func showApproval(w http.ResponseWriter, a approval) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	template.Must(template.New("approval").Parse(approvalHTML)).Execute(w, a)
}

// oauthErrorPage is how Shopify reports trouble to a browser: a page, never a redirect.
func oauthErrorPage(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	title := fmt.Sprintf("%d - Oauth error %s", status, strings.SplitN(problem, ":", 2)[0])
	if status == http.StatusUnauthorized {
		title = "unauthorized - Oauth error " + strings.SplitN(problem, ":", 2)[0]
	}
	template.Must(template.New("error").Parse(errorHTML)).Execute(w, map[string]string{"Title": title, "Problem": problem})
}

const pageStyle = `<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 4em auto; padding: 0 1em; color: #222 }
button { font: inherit; padding: .5em 1.5em; margin-right: .5em; border: 1px solid #888; border-radius: 6px; background: #fff }
button.go { background: #1a7f4b; border-color: #1a7f4b; color: #fff }
small { color: #666 }
</style>`

const approvalHTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Install app - {{.Shop}}</title>` + pageStyle + `</head>
<body>
<h1>{{.Shop}}</h1>
<p>An app asks for access to <b>{{.Domain}}</b>. It wants to:</p>
<ul>{{range .Scopes}}<li><code>{{.}}</code></li>{{end}}</ul>
<form method="post" action="/admin/oauth/authorize">
<input type="hidden" name="shop" value="{{.Domain}}">
<input type="hidden" name="ticket" value="{{.Ticket}}">
<button class="go" name="answer" value="approve">Approve</button>
<button name="answer" value="cancel">Cancel</button>
</form>
<p><small>This is a sandbox on your own machine. No real shop is involved.</small></p>
</body></html>
`

const errorHTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title>` + pageStyle + `</head>
<body><h1>{{.Title}}</h1><p>Oauth error {{.Problem}}</p></body></html>
`
