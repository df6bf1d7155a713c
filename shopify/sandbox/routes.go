package sandbox

import (
	"encoding/json"
	"net"
	"net/http"
	"strings"
)

// routes answers by the Host header, as one server for all shops. The sandbox's own address has the
// files of bulk operations, which at Shopify lie elsewhere too, and once more the authorize page, since a
// browser cannot be told another Host; there the shop is a parameter.
func (s *Server) routes() http.Handler {
	shops := http.NewServeMux()
	shops.HandleFunc("GET /admin/oauth/authorize", s.authorizePage)
	shops.HandleFunc("POST /admin/oauth/authorize", s.authorizeAnswer)
	shops.HandleFunc("POST /admin/oauth/access_token", s.tokenEndpoint)
	shops.HandleFunc("GET /admin/oauth/access_scopes.json", s.accessScopes)
	shops.HandleFunc("DELETE /admin/api_permissions/current.json", s.removeApp)
	shops.HandleFunc("POST /admin/api/{version}/graphql.json", s.graphql)
	shops.HandleFunc("/", notFound)

	own := http.NewServeMux()
	own.HandleFunc("GET /admin/oauth/authorize", s.authorizePage)
	own.HandleFunc("POST /admin/oauth/authorize", s.authorizeAnswer)
	own.HandleFunc("GET "+bulkFilePath+"{file}", s.bulkFile)
	own.HandleFunc("/", notFound)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", randomHex())
		switch hangs, half := s.hangs(r); {
		case half:
			w = &halfway{ResponseWriter: w, until: r.Context().Done()}
		case hangs:
			hang(r)
			return
		}
		switch to, on := s.sendsOn(hostName(r)); {
		case on:
			http.Redirect(w, r, "https://"+to+r.URL.RequestURI(), http.StatusMovedPermanently)
		case s.shopOf(r) != nil:
			shops.ServeHTTP(w, r)
		case isLoopback(hostName(r)):
			own.ServeHTTP(w, r)
		default:
			notFound(w, r)
		}
	})
}

func hostName(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	return strings.ToLower(host)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || host == "localhost"
}

// shopOf is the shop that a request to its own host is for.
func (s *Server) shopOf(r *http.Request) *Shop { return s.Shop(hostName(r)) }

func notFound(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "Not Found") }

// refuse answers in the shape of Shopify's refusals outside GraphQL: errors is a string.
func refuse(w http.ResponseWriter, status int, errors string) {
	writeJSON(w, status, map[string]string{"errors": errors})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.Encode(body) // a client that went away is no concern of ours
}

const badToken = "[API] Invalid API key or access token (unrecognized login or wrong password)"

const onlyExpiring = "[API] Non-expiring access tokens are no longer accepted for the Admin API. " +
	"Start using expiring offline tokens: https://shopify.dev/docs/apps/build/authentication-authorization"

// admitted checks shop and token of an Admin API request and answers it when it may not go on.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request) (*Shop, bool) {
	shop := s.shopOf(r)
	answered := false
	shop.change(func(a *account) { answered = a.interrupted(w) })
	if answered {
		return nil, false
	}
	value := r.Header.Get("X-Shopify-Access-Token")
	shop.mu.RLock()
	defer shop.mu.RUnlock()
	token := shop.account.validToken(value)
	s.note(r, func(e *Request) { e.Token = tokenKind(value, token) })
	if status, errors := shop.account.state.refusal(); errors != "" {
		refuse(w, status, errors)
		return nil, false
	}
	if token == nil {
		w.Header().Set("WWW-Authenticate", `Basic Realm="Shopify API Authentication"`)
		refuse(w, http.StatusUnauthorized, badToken)
		return nil, false
	}
	if token.kind == tokenPermanent && shop.account.onlyExpiring {
		refuse(w, http.StatusForbidden, onlyExpiring)
		return nil, false
	}
	return shop, true
}

func tokenKind(value string, token *accessToken) string {
	switch {
	case value == "":
		return "none"
	case token == nil:
		return "unknown"
	}
	return token.kind
}

// accessScopes lists the scopes of the token, in the compressed form.
func (s *Server) accessScopes(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitted(w, r)
	if !ok {
		return
	}
	var scopes []map[string]string
	shop.change(func(a *account) {
		for _, handle := range compressScopes(a.scopes) {
			scopes = append(scopes, map[string]string{"handle": handle})
		}
	})
	writeJSON(w, http.StatusOK, map[string]any{"access_scopes": scopes})
}

// removeApp uninstalls the app at its own wish.
func (s *Server) removeApp(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitted(w, r)
	if !ok {
		return
	}
	shop.change((*account).uninstall)
	writeJSON(w, http.StatusOK, map[string]any{})
}
