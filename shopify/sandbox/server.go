package sandbox

import (
	"errors"
	"net/http"

	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
)

// Server is a running sandbox.
type Server struct {
	app       oauth.App
	schema    *graph.Schema
	directory *directory
	url       string
	http      *http.Server
	done      chan struct{}
	log       *RequestLog
	hanging   hanging
}

// Env is the environment that points eshopctl at the sandbox.
func (s *Server) Env() []string {
	return []string{
		"ESHOPCTL_SHOPIFY_URL=" + s.url,
		"ESHOPCTL_SHOPIFY_CLIENT_ID=" + s.app.ClientID,
		"ESHOPCTL_SHOPIFY_CLIENT_SECRET=" + s.app.ClientSecret,
	}
}

// Shop is the shop at a domain, or nil.
func (s *Server) Shop(domain string) *Shop { return s.directory.shopNamed(domain) }

// Close stops the sandbox at once.
func (s *Server) Close() error {
	err := s.http.Close()
	<-s.done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
