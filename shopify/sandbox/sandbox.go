package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// Options say what a sandbox serves.
type Options struct {
	App   App
	Shops []*Shop

	Addr  string           // default 127.0.0.1:0
	Clock func() time.Time // default time.Now

	BucketSize, RestoreRate float64 // query points; default 2,000 and 100 a second, as on a Basic plan

	Wrap func(http.Handler) http.Handler // tests put their faults around the whole server here
}

// App is the app that the shops know. The zero App gets values fit for trying things out.
type App struct {
	ClientID, ClientSecret string
	RedirectURLs           []string
	Scopes                 []string
}

// Server is a running sandbox.
type Server struct {
	app    App
	schema atomic.Pointer[ast.Schema]
	names  sync.RWMutex // guards the two below, which a rename changes
	shops  map[string]*Shop
	sentOn map[string]string // hosts whose requests are sent on to another one
	clock  func() time.Time
	url    string
	http   *http.Server
	done   chan struct{}

	mu      sync.Mutex
	log     []*Request
	leftOut [][2]string // types and their fields that the schema lacks
	hanging hanging
}

// Start serves the given shops until Close.
func Start(options Options) (*Server, error) {
	schema, err := wholeSchema()
	if err != nil {
		return nil, fmt.Errorf("sandbox schema: %w", err)
	}
	listener, err := listenLoopback(cmp.Or(options.Addr, "127.0.0.1:0"))
	if err != nil {
		return nil, err
	}
	s := &Server{
		app: withDefaults(options.App), shops: map[string]*Shop{}, sentOn: map[string]string{}, clock: options.Clock,
		url: "http://" + listener.Addr().String(), done: make(chan struct{}),
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	s.schema.Store(schema)
	for _, shop := range options.Shops {
		s.shops[shop.domain] = shop
		shop.open(s.clock, s.url, bucket{size: cmp.Or(options.BucketSize, 2000), restoreRate: cmp.Or(options.RestoreRate, 100), at: s.clock()})
	}
	s.serve(listener, options.Wrap)
	return s, nil
}

func (s *Server) serve(listener net.Listener, wrap func(http.Handler) http.Handler) {
	handler := s.routes()
	if wrap != nil {
		handler = wrap(handler)
	}
	s.http = &http.Server{Handler: s.recorded(handler), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.done)
		s.http.Serve(listener) // ends with Close; there is nothing else to report
	}()
}

// listenLoopback opens the address, which must be a loopback IP: a sandbox holds no secrets worth guarding,
// but nobody else has any business with it.
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

func withDefaults(app App) App {
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

// URL is the address of the sandbox, http://127.0.0.1:PORT.
func (s *Server) URL() string { return s.url }

// Env is the environment that points eshopctl at the sandbox.
func (s *Server) Env() []string {
	return []string{
		"ESHOPCTL_SHOPIFY_URL=" + s.url,
		"ESHOPCTL_SHOPIFY_CLIENT_ID=" + s.app.ClientID,
		"ESHOPCTL_SHOPIFY_CLIENT_SECRET=" + s.app.ClientSecret,
	}
}

// Shop is the shop at a domain, or nil.
func (s *Server) Shop(domain string) *Shop {
	s.names.RLock()
	defer s.names.RUnlock()
	return s.shops[domain]
}

// Domains lists the shops served.
func (s *Server) Domains() []string {
	s.names.RLock()
	defer s.names.RUnlock()
	var domains []string
	for domain := range s.shops {
		domains = append(domains, domain)
	}
	slices.Sort(domains)
	return domains
}

// Close stops the sandbox at once.
func (s *Server) Close() error {
	err := s.http.Close()
	<-s.done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
