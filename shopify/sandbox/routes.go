package sandbox

import (
	"net/http"

	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

// routeRequests serves all shops at one address and tells them apart by the Host header. Under its own host name the
// sandbox serves the files of bulk operations, which Shopify keeps on another host too, and the authorize page
// again, because a browser cannot send another Host; there the shop is a parameter.
func (s *Server) routeRequests() http.Handler {
	shops := http.NewServeMux()
	shops.HandleFunc("GET /admin/oauth/authorize", s.authorizePage)
	shops.HandleFunc("POST /admin/oauth/authorize", s.authorizeAnswer)
	shops.HandleFunc("POST /admin/oauth/access_token", s.tokenEndpoint)
	shops.HandleFunc("GET /admin/oauth/access_scopes.json", s.accessScopes)
	shops.HandleFunc("DELETE /admin/api_permissions/current.json", s.removeApp)
	shops.HandleFunc("POST /admin/api/{version}/graphql.json", s.answerGraphQL)
	shops.HandleFunc("/", web.NotFound)

	own := http.NewServeMux()
	own.HandleFunc("GET /admin/oauth/authorize", s.authorizePage)
	own.HandleFunc("POST /admin/oauth/authorize", s.authorizeAnswer)
	own.HandleFunc("GET "+bulkFilePath+"{file}", s.sendBulkFile)
	own.HandleFunc("/", web.NotFound)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", web.RandomHex())
		s.hanging.serveUnlessHanging(w, r, func(w http.ResponseWriter, r *http.Request) {
			switch to, on := s.directory.sendsOn(hostName(r)); {
			case on:
				http.Redirect(w, r, "https://"+to+r.URL.RequestURI(), http.StatusMovedPermanently)
			case s.directory.shopAt(r) != nil:
				shops.ServeHTTP(w, r)
			case isLoopback(hostName(r)):
				own.ServeHTTP(w, r)
			default:
				web.NotFound(w, r)
			}
		})
	})
}
