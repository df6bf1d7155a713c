package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// hazard H6
func TestNewSiteTakesOnlyLoopbackAddresses(t *testing.T) {
	for _, good := range []string{"", "http://127.0.0.1:8080", "http://127.9.9.9:1", "http://[::1]:8080"} {
		site, err := New(good, Way{})
		if err != nil || site.Sandbox() != (good != "") {
			t.Errorf("NewSite(%q) = %v, %v", good, site, err)
		}
	}
	for _, bad := range []string{
		"http://localhost:8080", "https://127.0.0.1:8080", "http://127.0.0.1", "http://127.0.0.1:0", "127.0.0.1:8080",
		"http://10.0.0.1:80", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/x", "http://u:p@127.0.0.1:80",
		"http://127.0.0.1.example.com:80", "http://0.0.0.0:80", "http://shop.myshopify.com", " http://127.0.0.1:80",
	} {
		var fault *connector.Fault
		if _, err := New(bad, Way{}); !errors.As(err, &fault) || fault.Code != connector.Usage || len(fault.Next) == 0 {
			t.Errorf("NewSite(%q) = %v, want a usage fault", bad, err)
		}
	}
}

func TestSiteAddresses(t *testing.T) {
	real, _ := New("", Way{})
	sandbox, _ := New("http://127.0.0.1:8080", Way{})
	query := url.Values{"client_id": {"c"}}
	for _, c := range []struct{ got, want string }{
		{real.URL("a.myshopify.com", "/x").String(), "https://a.myshopify.com/x"},
		{sandbox.URL("a.myshopify.com", "/x").String(), "https://a.myshopify.com/x"},
		{real.BrowserURL("a.myshopify.com", "/x", query), "https://a.myshopify.com/x?client_id=c"},
		{sandbox.BrowserURL("a.myshopify.com", "/x", query), "http://127.0.0.1:8080/x?client_id=c&shop=a.myshopify.com"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	if len(query) != 1 {
		t.Error("BrowserURL changed the query that it was given")
	}
}

func TestSandboxGetsTheShopsRequests(t *testing.T) {
	var host, path string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host, path = r.Host, r.URL.Path
	}))
	defer server.Close()
	site, err := New(server.URL, Way{})
	if err != nil {
		t.Fatal(err)
	}
	response, err := site.Client("a.myshopify.com").Get(site.URL("a.myshopify.com", "/admin").String())
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if host != "a.myshopify.com" || path != "/admin" {
		t.Errorf("the sandbox saw %s %s", host, path)
	}
	if _, err := site.Client("a.myshopify.com").Get("https://example.com/"); err == nil {
		t.Error("a request for another host left this machine")
	}
}

type refusingTransport struct{ t *testing.T }

func (r refusingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	r.t.Errorf("a request for %s went out", request.URL)
	return nil, io.ErrClosedPipe
}

// A request goes to the one shop or nowhere, with or without a token, and nowhere when the domain is
// not that of a shop.
//
// hazard H1, H5
func TestRequestsGoToTheOwnShopOnly(t *testing.T) {
	real, _ := New("", Way{Transport: refusingTransport{t}})
	sandbox, _ := New("http://127.0.0.1:8080", Way{Transport: refusingTransport{t}})
	for _, domain := range []string{"a.myshopify.com", "example.com", "a.myshopify.com.example.com",
		"a.myshopify.com:444", "", "A.myshopify.com", "127.0.0.1:8080", "storage.googleapis.com"} {
		for _, address := range []string{
			"http://a.myshopify.com/", "https://a.myshopify.com.example.com/", "https://myshopify.com/", "https://.myshopify.com/",
			"https://a.b.myshopify.com/", "https://a.myshopify.com:444/", "https://-a.myshopify.com/", "https://example.com/",
			"https://example.com\\.myshopify.com/", "https://b.myshopify.com/", "https://u:p@a.myshopify.com/", "http://127.0.0.1:8080/",
			"https://storage.googleapis.com/", "https://A.myshopify.com/", "https:///",
		} {
			for _, site := range []*Site{real, sandbox} {
				request, err := http.NewRequest("POST", address, strings.NewReader("client_secret=s"))
				if err != nil {
					continue
				}
				if _, err := site.Client(domain).Do(request); !errors.Is(err, errWrongHost) {
					t.Errorf("%s for %q: %v, want a refusal", address, domain, err)
				}
			}
		}
	}
	other, _ := http.NewRequest("GET", "https://a.myshopify.com/", nil)
	other.Host = "example.com"
	if _, err := real.Client("a.myshopify.com").Do(other); !errors.Is(err, errWrongHost) {
		t.Errorf("in the name of another host: %v", err)
	}
}

// hazard N3
func TestDrippingBodyIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for every, want := range map[time.Duration]error{time.Second: ErrDripping, time.Millisecond: nil} { // a byte each time
			out, in := io.Pipe()
			go func() {
				for range 100_000 {
					time.Sleep(every)
					if _, err := in.Write([]byte("x")); err != nil {
						return
					}
				}
				in.Close()
			}()
			drip := roundTrip(func(r *http.Request) (*http.Response, error) {
				context.AfterFunc(r.Context(), func() { out.CloseWithError(r.Context().Err()) })
				return &http.Response{Body: out}, nil
			})
			began := time.Now()
			response, err := stallGuard{drip, nil, time.Minute}.RoundTrip(httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
			if err != nil {
				t.Fatal(err)
			}
			if _, err = io.Copy(io.Discard, response.Body); !errors.Is(err, want) || time.Since(began) > 2*time.Minute {
				t.Errorf("every %v: %v after %v", every, err, time.Since(began))
			}
			response.Body.Close()
			time.Sleep(2 * every) // until the writer has noticed
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// hazard N2
func TestStalledBodyIsGivenUp(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "begin")
		w.(http.Flusher).Flush()
		<-release
	}))
	defer server.Close()
	defer close(release)
	client := http.Client{Transport: stallGuard{newTransport(), nil, 50 * time.Millisecond}}
	response, err := client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); string(body) != "begin" || !errors.Is(err, errStalled) {
		t.Errorf("read %q, %v", body, err)
	}
}

// hazard H4
func TestAddressesThatOnlyASandboxUses(t *testing.T) {
	site, err := New("", Way{})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"http://127.0.0.1:8080/x", "https://a.myshopify.com/x"} { // for a sandbox only
		if _, err := site.FileAddress(address); err == nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := site.FileAddress("https://storage.googleapis.com/shopify/x?Signature=y"); err != nil {
		t.Error(err)
	}
}
