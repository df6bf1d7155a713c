package sandbox

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
)

// Options say what a sandbox serves.
type Options struct {
	App   oauth.App
	Shops []*Shop

	Addr  string           // default 127.0.0.1:0
	Clock func() time.Time // default time.Now

	BucketSize, RestoreRate float64 // query points; default 2,000 and 100 a second, as on a Basic plan

	Wrap func(http.Handler) http.Handler // tests put their faults around the whole server here
	Log  *RequestLog                     // where requests are noted; default nowhere
}

// Start serves the given shops until Close.
func Start(options Options) (*Server, error) {
	schema, err := graph.NewSchema()
	if err != nil {
		return nil, err
	}
	listener, err := listenLoopback(cmp.Or(options.Addr, "127.0.0.1:0"))
	if err != nil {
		return nil, err
	}
	s := &Server{
		app: withDefaults(options.App), schema: schema, directory: newDirectory(options.Shops),
		url: "http://" + listener.Addr().String(), done: make(chan struct{}), log: options.Log,
	}
	clock := options.Clock
	if clock == nil {
		clock = time.Now
	}
	for _, shop := range options.Shops {
		shop.openAt(clock, s.url, graph.NewBucket(cmp.Or(options.BucketSize, 2000), cmp.Or(options.RestoreRate, 100), clock()))
	}
	serveOn(s, listener, options.Wrap)
	return s, nil
}

func serveOn(s *Server, listener net.Listener, wrap func(http.Handler) http.Handler) {
	handler := s.routeRequests()
	if wrap != nil {
		handler = wrap(handler)
	}
	s.http = &http.Server{Handler: s.log.recordHandler(handler), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.done)
		s.http.Serve(listener) // ends with Close; there is nothing else to report
	}()
}

// listenLoopback opens the address, which must be a loopback IP: the sandbox has no protection against others on
// the network.
func listenLoopback(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("sandbox address: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("sandbox address %s: only a loopback IP such as 127.0.0.1 will do", addr)
	}
	return net.Listen("tcp", addr)
}

func withDefaults(app oauth.App) oauth.App {
	app.ClientID = cmp.Or(app.ClientID, "sandbox-client-id")
	app.ClientSecret = cmp.Or(app.ClientSecret, "sandbox-client-secret")
	if len(app.RedirectURLs) == 0 {
		app.RedirectURLs = []string{"http://127.0.0.1:13388/callback"}
	}
	if len(app.Scopes) == 0 {
		app.Scopes = []string{"read_products", "read_inventory", "read_locations"}
	}
	return app
}
