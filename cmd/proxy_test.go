package cmd

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestRealAddresses runs the program as against the real Shopify, with https
// addresses of shops, behind a proxy and with a certificate authority of its
// own. Nothing may go to any other host.
//
// hazard H9
func TestRealAddresses(t *testing.T) {
	desk := newDesk(t, sandboxtest.DefaultShop())
	proxy := newProxy(t, desk.server.URL())
	desk.variables = slices.DeleteFunc(desk.variables, func(v string) bool { return strings.HasPrefix(v, "ESHOPCTL_SHOPIFY_URL=") })
	desk.variables = append(desk.variables, "HTTPS_PROXY="+proxy.address, "SSL_CERT_FILE="+proxy.certificate)

	desk.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	desk.mustRun("import", "preview", "--store", "main")
	desk.mustRun("import", "run", "latest", "--store", "main", "--yes")
	if again := desk.mustRun("import", "run", "--store", "main", "--yes"); !strings.Contains(again, "Nothing had to be changed") {
		t.Errorf("the rerun: %s", again)
	}
	lines := strings.Count(desk.mustRun("catalog", "products", "--store", "main", "-o", "jsonl"), "\n")
	if truth := desk.shop.Truth(); lines != len(truth.Products) {
		t.Errorf("%d products, the shop has %d", lines, len(truth.Products))
	}
	if hosts := proxy.hosts(); !slices.Equal(hosts, []string{"tea-and-cups.myshopify.com:443"}) {
		t.Errorf("requests went to %v", hosts)
	}
	assertInvariants(t, desk.home)
}

// A host that does not prove to be the shop's gets nothing to read, and the
// operator hears why.
//
// hazard H7
func TestImpostersOfAShop(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*x509.Certificate, *tls.Config)
		says   string
	}{
		"for another host": {func(c *x509.Certificate, _ *tls.Config) { c.DNSNames = []string{"*.example.com"} }, "certificate is valid for"},
		"ended":            {func(c *x509.Certificate, _ *tls.Config) { c.NotAfter = time.Now().Add(-time.Minute) }, "certificate has expired"},
		"signed by nobody": {nil, "certificate signed by unknown authority"},
		"of old": {func(_ *x509.Certificate, c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		}, "protocol version"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk := newDesk(t, sandboxtest.DefaultShop())
			trusted := newProxy(t, desk.server.URL())
			proxy, known := trusted, trusted.certificate
			if test.change != nil {
				proxy = newProxyAs(t, desk.server.URL(), test.change)
				known = proxy.certificate
			} else {
				proxy = newProxy(t, desk.server.URL())
			}
			desk.variables = slices.DeleteFunc(desk.variables, func(v string) bool { return strings.HasPrefix(v, "ESHOPCTL_SHOPIFY_URL=") })
			desk.variables = append(desk.variables, "HTTPS_PROXY="+proxy.address, "SSL_CERT_FILE="+known, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN=shpat_not-to-be-seen")
			for _, way := range []string{"token", "client-credentials"} {
				_, told, ended := desk.run("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", way)
				if ended != exit.Connect || !strings.Contains(told, test.says) {
					t.Errorf("%s: exit %d: %s", way, ended, told)
				}
			}
			if n := proxy.asked.Load(); n != 0 {
				t.Errorf("%d requests came through", n)
			}
		})
	}
}

// proxy takes CONNECT and answers for every host from one server.
type proxy struct {
	address     string
	certificate string // file of the authority that signed for the hosts

	asked atomic.Int64 // requests that came through to a host

	mu  sync.Mutex
	met map[string]bool
}

func newProxy(t *testing.T, behind string) *proxy {
	t.Helper()
	return newProxyAs(t, behind, func(*x509.Certificate, *tls.Config) {})
}

// newProxyAs is a proxy whose hosts show themselves in another way.
func newProxyAs(t *testing.T, behind string, change func(*x509.Certificate, *tls.Config)) *proxy {
	t.Helper()
	p := &proxy{met: map[string]bool{}, certificate: filepath.Join(t.TempDir(), "authority.pem")}
	target, err := url.Parse(behind)
	if err != nil {
		t.Fatal(err)
	}
	shops := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		p.asked.Add(1)
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}})
	shops.Config.ErrorLog = log.New(io.Discard, "", 0)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"*.myshopify.com"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	shops.TLS = &tls.Config{}
	change(template, shops.TLS)
	shops.TLS.Certificates = []tls.Certificate{selfSigned(t, template, p.certificate)}
	shops.StartTLS()
	t.Cleanup(shops.Close)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.connect(w, r, shops.Listener.Addr().String()) }))
	t.Cleanup(front.Close)
	p.address = front.URL
	return p
}

func (p *proxy) connect(w http.ResponseWriter, r *http.Request, to string) {
	p.mu.Lock()
	p.met[r.Host] = true
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
		return
	}
	far, err := net.Dial("tcp", to)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer far.Close()
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer near.Close()
	_, _ = io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(far, near); far.Close() }()
	_, _ = io.Copy(near, far)
}

func (p *proxy) hosts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var hosts []string
	for host := range p.met {
		hosts = append(hosts, host)
	}
	return hosts
}

func selfSigned(t *testing.T, template *x509.Certificate, file string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
