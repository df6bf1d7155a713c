package link

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// hazard O4, O12, O13, O21
func TestDoorTurnsStrangersAway(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	good := s.callback(signed(sent.Get("state")))
	host := strings.Split(s.service.App.CallbackURL, "/")[2]
	port := host[strings.Index(host, ":"):]
	for name, test := range map[string]struct {
		address string
		change  func(*http.Request)
		status  int
	}{
		"other host":     {good, func(r *http.Request) { r.Host = "evil.test" + port }, 421},
		"localhost.evil": {good, func(r *http.Request) { r.Host = "localhost.evil" + port }, 421},
		"other name":     {good, func(r *http.Request) { r.Host = "localhost" + port }, 421},
		"other port":     {good, func(r *http.Request) { r.Host = "127.0.0.1:1" }, 421},
		"favicon":        {"http://" + host + "/favicon.ico", nil, 404},
		"root":           {"http://" + host + "/?return_to=//evil", nil, 404},
		"other start":    {"http://" + host + "/start/AAAA", nil, 404},
		"callback/":      {"http://" + host + "/callback/", nil, 404},
		"post":           {good, func(r *http.Request) { r.Method = http.MethodPost }, 405},
		"options":        {good, func(r *http.Request) { r.Method = http.MethodOptions }, 405},
		"head":           {good, func(r *http.Request) { r.Method = http.MethodHead }, 405},
		"image":          {good, func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "image") }, 403},
		"fetch":          {good, func(r *http.Request) { r.Header.Set("Sec-Fetch-Mode", "cors") }, 403},
		"huge":           {good + "&x=" + strings.Repeat("x", 1<<20), nil, 431},
	} {
		response := s.get(test.address, test.change)
		if response.StatusCode != test.status {
			t.Errorf("%s: %d, want %d", name, response.StatusCode, test.status)
		}
		for header := range response.Header {
			if strings.HasPrefix(header, "Access-Control") || header == "Location" {
				t.Errorf("%s: %s", name, header)
			}
		}
	}
	if s.platform.Exchanged() != 0 {
		t.Error("a stranger got through")
	}
	if page := s.get(good, nil); page.StatusCode != http.StatusOK {
		t.Errorf("the right one: %d", page.StatusCode)
	}
	<-done
}

// hazard O18, O20
func TestStartAddressWorksOnce(t *testing.T) {
	s := newSetup(t)
	s.request.Operator.OpenBrowser = func(address string) error { s.opened <- address; s.opened <- address; return nil }
	sent, done := s.start(t.Context())
	again := <-s.opened
	if strings.Contains(again, sent.Get("state")) {
		t.Error("the state stands in the address that the browser is started with")
	}
	if response := s.get(again, nil); response.StatusCode != http.StatusGone {
		t.Errorf("second time: %d", response.StatusCode)
	}
	s.get(s.callback(signed(sent.Get("state"))), nil)
	<-done
}

// Half-open connections do not keep the merchant out.
//
// hazard O21
func TestManyConnections(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	host := strings.Split(s.service.App.CallbackURL, "/")[2]
	for range 300 {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "GET /callback HTTP/1.1\r\nHost: ")
	}
	begin := time.Now()
	s.get(s.callback(signed(sent.Get("state"))), nil)
	if err := (<-done).err; err != nil || time.Since(begin) > s.request.Timeout/4 {
		t.Errorf("%v after %s", err, time.Since(begin))
	}
}

// hazard O12
func TestOldRequestsWithoutHost(t *testing.T) {
	s := newSetup(t)
	sent, done := s.start(t.Context())
	conn, err := net.Dial("tcp", strings.Split(s.service.App.CallbackURL, "/")[2])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /callback?%s HTTP/1.0\r\n\r\n", signed(sent.Get("state")).Encode())
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || response.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("%v %v", response, err)
	}
	s.get(s.callback(signed(sent.Get("state"))), nil)
	<-done
}

// Whatever a signed callback says, the page has the shape of one that says
// something harmless.
//
// hazard O17, O19
func TestPageIsInert(t *testing.T) {
	harmless := shapeOf(t, failurePage(t, "server_error"))
	for _, c := range hostile.Cases(t, "pages") {
		if shape := shapeOf(t, failurePage(t, c.Text)); shape != harmless {
			t.Errorf("pages.txt:%d: %q makes the page\n%s, and not\n%s", c.Line, c.Text, shape, harmless)
		}
	}
}

// failurePage is what the merchant sees when the shop calls back with this error.
func failurePage(t *testing.T, text string) *http.Response {
	t.Helper()
	s := newSetup(t)
	sent, done := s.start(t.Context())
	query := without(signed(sent.Get("state")), "code")
	for _, name := range []string{"error", "error_description", "host", "<b>"} {
		query = with(query, name, text)
	}
	response := s.get(s.callback(query), nil)
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Type": "text/html; charset=utf-8",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	s.fails((<-done).err, connector.ExchangeFailed)
	return response
}

// shapeOf is a page without its text: elements, attributes and the style.
func shapeOf(t *testing.T, page *http.Response) string {
	t.Helper()
	document, err := html.Parse(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	var shape strings.Builder
	for node := range document.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "style" {
			continue
		}
		fmt.Fprintln(&shape, node.Type, node.Data, node.Attr)
		for _, attribute := range node.Attr {
			if attribute.Key == "src" || attribute.Key == "href" || strings.HasPrefix(attribute.Key, "on") {
				t.Errorf("the page has %s=%q", attribute.Key, attribute.Val)
			}
		}
	}
	return shape.String()
}

// A name is served on both families or not at all.
//
// hazard O15
func TestLocalhostIsHeldOnBothFamilies(t *testing.T) {
	squatter, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here")
	}
	defer squatter.Close()
	s := newSetup(t)
	s.service.App.CallbackURL = fmt.Sprintf("http://localhost:%d/callback", squatter.Addr().(*net.TCPAddr).Port)
	_, err = s.service.Connect(t.Context(), s.request)
	if err == nil || !strings.Contains(err.Error(), "::1") {
		t.Errorf("%v", err)
	}
}
