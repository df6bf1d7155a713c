package sandbox

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

const badToken = "[API] Invalid API key or access token (unrecognized login or wrong password)"

const onlyExpiring = "[API] Non-expiring access tokens are no longer accepted for the Admin API. " +
	"Start using expiring offline tokens: https://shopify.dev/docs/apps/build/authentication-authorization"

// admitRequest checks shop and token of an Admin API request and answers it when it may not go on.
func (s *Server) admitRequest(w http.ResponseWriter, r *http.Request) (*Shop, bool) {
	shop := s.directory.shopAt(r)
	if shop.Front.InterruptedBy(w) {
		return nil, false
	}
	kind, good, taken := shop.Account.CheckToken(r.Header.Get("X-Shopify-Access-Token"))
	s.log.noteEntry(r, func(e *Request) { e.Token = kind })
	if status, errors := shop.Front.StateRefusal(); errors != "" {
		web.Refuse(w, status, errors)
		return nil, false
	}
	if !good {
		w.Header().Set("WWW-Authenticate", `Basic Realm="Shopify API Authentication"`)
		web.Refuse(w, http.StatusUnauthorized, badToken)
		return nil, false
	}
	if !taken {
		web.Refuse(w, http.StatusForbidden, onlyExpiring)
		return nil, false
	}
	return shop, true
}

// authorizePage begins an authorization.
func (s *Server) authorizePage(w http.ResponseWriter, r *http.Request) {
	shop := s.askedShop(r)
	if shop == nil {
		web.NotFound(w, r)
		return
	}
	if status, errors := shop.Front.StateRefusal(); errors != "" {
		web.Refuse(w, status, errors)
		return
	}
	s.app.AuthorizePage(w, r, shop.askedShop())
}

// authorizeAnswer takes the merchant's click on Approve or Cancel.
func (s *Server) authorizeAnswer(w http.ResponseWriter, r *http.Request) {
	shop := s.askedShop(r)
	if shop == nil {
		web.NotFound(w, r)
		return
	}
	s.app.AuthorizeAnswer(w, r, shop.askedShop())
}

// askedShop finds the shop that an authorization is for: by the Host header, or at the sandbox's own address by a
// parameter.
func (s *Server) askedShop(r *http.Request) *Shop {
	if shop := s.directory.shopAt(r); shop != nil {
		return shop
	}
	return s.Shop(strings.ToLower(r.FormValue("shop")))
}

// askedShop describes the shop to package oauth.
func (s *Shop) askedShop() oauth.AskedShop {
	return oauth.AskedShop{Name: s.Identity().Name, Domain: s.Domain(), Account: s.Account}
}

// tokenEndpoint hands out access tokens, unless something answers in the shop's place.
func (s *Server) tokenEndpoint(w http.ResponseWriter, r *http.Request) {
	shop := s.directory.shopAt(r)
	if shop.Front.InterruptedBy(w) {
		return
	}
	if status, errors := shop.Front.StateRefusal(); errors != "" {
		web.Refuse(w, status, errors)
		return
	}
	s.app.TokenEndpoint(w, r, shop.Account)
}

// accessScopes lists the scopes of the token, in the compressed form.
func (s *Server) accessScopes(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitRequest(w, r)
	if !ok {
		return
	}
	granted, _ := shop.Account.GrantedRights()
	var handles []map[string]string
	for _, handle := range scopes.CompressReads(granted) {
		handles = append(handles, map[string]string{"handle": handle})
	}
	web.WriteJSON(w, http.StatusOK, map[string]any{"access_scopes": handles})
}

// removeApp uninstalls the app because the app asks for it.
func (s *Server) removeApp(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitRequest(w, r)
	if !ok {
		return
	}
	shop.Account.UninstallApp()
	web.WriteJSON(w, http.StatusOK, map[string]any{})
}

// sendBulkFile sends the result of a bulk operation. As at Shopify the address is the key; a request that carries an
// access token is refused, since it gives the token away.
func (s *Server) sendBulkFile(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(strings.TrimSuffix(r.PathValue("file"), ".jsonl"), 10, 64)
	if err != nil {
		web.NotFound(w, r)
		return
	}
	if r.Header.Get("X-Shopify-Access-Token") == "" {
		for _, shop := range s.directory.allShops() {
			if o := shop.Desk.FinishedOperation(number, r.URL.Query().Get("Signature")); o != nil {
				o.ServeFile(w, r)
				return
			}
		}
	}
	http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
}

// Install makes the merchant install the app without a browser, with all scopes the app asks for.
func (s *Server) Install(domain string) {
	if shop := s.Shop(domain); shop != nil {
		shop.Account.InstallApp(s.app.Scopes)
	}
}

// AccessToken gives a permanent token for an installed app, as an admin-created app would show it.
func (s *Server) AccessToken(domain string) string {
	shop := s.Shop(domain)
	if shop == nil {
		return ""
	}
	return shop.Account.PermanentToken()
}
