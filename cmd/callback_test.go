package cmd

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox"
)

// hostile is one request that must not get through: what it changes in a good
// one.
type hostileRequest struct {
	name    string
	address string
	change  func(*http.Request)
}

// hostileCallbacks makes many out of one good callback.
func hostileCallbacks(good *url.URL, secret string) []hostileRequest {
	var all []hostileRequest
	at := func(name, address string) { all = append(all, hostileRequest{name, address, nil}) }
	query := func(name, rawQuery string) {
		u := *good
		u.RawQuery = rawQuery
		at(name, u.String())
	}
	set := func(name, value string, resign bool) {
		q := good.Query()
		q.Set(name, value)
		if resign {
			q.Set("hmac", sandbox.SignCallback(secret, q))
		}
		query(fmt.Sprintf("%s=%.40q, signed %t", name, value, resign), q.Encode())
	}
	state, hmac := good.Query().Get("state"), good.Query().Get("hmac")
	for _, wrong := range []string{
		"", " ", state[1:], state[:len(state)-1], state + "A", "A" + state, strings.ToLower(state), state + state, state + "\x00", state + " ",
		" " + state, strings.Repeat("A", len(state)), "0", "null", "%", state + "\n",
	} {
		set("state", wrong, true)
		set("state", wrong, false)
	}
	for _, wrong := range []string{
		"", "0", hmac[1:], hmac[:63], hmac[:62], hmac + "0", hmac + hmac, strings.ToUpper(hmac), "x" + hmac[1:], strings.Repeat("0", 64),
		strings.Repeat("f", 64), hmac[:32], "incorrect_hmac_string", "definitely the wrong hmac", "\uff14" + hmac[1:], hmac + "\x00", " " + hmac,
		sandbox.SignCallback("", good.Query()), sandbox.SignCallback("hush", good.Query()), sandbox.SignCallback(secret+" ", good.Query()),
	} {
		set("hmac", wrong, false)
	}
	now := time.Now().Unix()
	for _, wrong := range []string{
		"", "0", "-1", "not-a-number", "Infinity", "-Infinity", "123.45", "1e9", "9223372036854775807", "9223372036854775808", "0x6565",
		strconv.FormatInt(now-330, 10), strconv.FormatInt(now+330, 10), strconv.FormatInt(now-86400, 10), strconv.FormatInt(now*1000, 10),
		"+" + strconv.FormatInt(now, 10), "0" + strconv.FormatInt(now, 10), strconv.FormatInt(now, 10) + ".0", " " + strconv.FormatInt(now, 10),
	} {
		set("timestamp", wrong, true)
	}
	for _, name := range []string{"code", "shop", "state", "timestamp", "hmac", "host"} {
		value := url.QueryEscape(good.Query().Get(name))
		query(name+" twice", good.RawQuery+"&"+name+"="+value)
		query(name+" twice, other first", name+"=x&"+good.RawQuery)
		query(name+" twice, empty", good.RawQuery+"&"+name+"=")
		gone := good.Query()
		gone.Del(name)
		query("without "+name, gone.Encode())
		list := good.Query()
		list.Set(name+"[]", list.Get(name))
		list.Del(name)
		query(name+"[]", list.Encode())
		set(name, strings.Repeat("a", 5000), false)
		set(name, `"><script>alert(1)</script>`, false)
	}
	query("extra", good.RawQuery+"&x=1")
	query("semicolon", good.RawQuery+";x=1")
	query("bad escape", good.RawQuery+"&x=%zz")
	query("no query", "")
	query("only an error", "error=access_denied")
	query("one parameter in another", "code=c%26shop%3D"+teaShop+"&hmac="+hmac+"&state="+state)
	for _, path := range []string{"/", "/callback/", "/Callback", "//callback", "/callback/../callback", "/%63allback", "/callback;x", "/callbac", "/start/", "/start/AAAA", "/favicon.ico", "/robots.txt", "/.well-known/x"} {
		u := *good
		u.Opaque = "//" + good.Host + path
		at("path "+path, u.String())
	}
	with := func(name string, change func(*http.Request)) {
		all = append(all, hostileRequest{name, good.String(), change})
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT", "BREW"} {
		with(method, func(r *http.Request) { r.Method = method })
	}
	for _, host := range []string{"evil.test", "evil.test:" + good.Port(), "localhost:" + good.Port(), "127.0.0.1", "127.0.0.1:1", "127.0.0.2:" + good.Port(), "127.0.0.1.evil.test:" + good.Port(), "[::1]:" + good.Port(), "0x7f.1:" + good.Port(), teaShop} {
		with("host "+host, func(r *http.Request) { r.Host = host })
	}
	for header, values := range map[string][]string{"Sec-Fetch-Mode": {"cors", "no-cors", "same-origin", "websocket"}, "Sec-Fetch-Dest": {"image", "script", "iframe", "empty"}} {
		for _, value := range values {
			with(header+" "+value, func(r *http.Request) { r.Header.Set(header, value) })
		}
	}
	with("big header", func(r *http.Request) { r.Header.Set("X-Big", strings.Repeat("x", 100<<10)) })
	with("many headers", func(r *http.Request) {
		for i := range 3000 {
			r.Header.Set("X-"+strconv.Itoa(i), "xxxxxxxxxx")
		}
	})
	return all
}

// Whatever strangers send, nothing of it gets through, and the right callback
// still does.
func TestHostileCallbacks(t *testing.T) {
	d := newCounter(t)
	secret := d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"]
	d.browser = func(start string) error {
		good, err := approved(start)
		if err != nil {
			return err
		}
		attacks := hostileCallbacks(good, secret)
		if len(attacks) < 120 {
			t.Errorf("only %d attacks", len(attacks))
		}
		for _, a := range attacks {
			d.attack(a)
		}
		if asked := d.tokenRequests(); asked != 0 {
			t.Errorf("%d requests for tokens", asked)
		}
		return visit(good.String())
	}
	got := d.expect(exitDone, connectTea)
	if strings.Count(got.stderr, "still waiting") != 1 {
		t.Errorf("told: %s", got.stderr)
	}
	if asked := d.tokenRequests(); asked != 1 {
		t.Errorf("%d requests for tokens", asked)
	}
	d.standing("main", "live", "", "green")
}

func (d *counter) attack(a hostileRequest) {
	request, err := http.NewRequest(http.MethodGet, a.address, nil)
	if err != nil {
		d.Errorf("%s: %v", a.name, err)
		return
	}
	if a.change != nil {
		a.change(request)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		d.Errorf("%s: %v", a.name, err)
		return
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if response.StatusCode < 400 || response.StatusCode > 499 {
		d.Errorf("%s: %d", a.name, response.StatusCode)
	}
	if strings.Contains(string(body), "<script") || strings.Contains(string(body), "alert(1)") {
		d.Errorf("%s is repeated on the page", a.name)
	}
	for header := range response.Header {
		if header == "Location" || header == "Set-Cookie" || strings.HasPrefix(header, "Access-Control") {
			d.Errorf("%s: %s", a.name, header)
		}
	}
}

// tokenRequests is how often the token endpoint was asked.
func (d *counter) tokenRequests() int {
	n := 0
	for _, request := range d.server.Requests() {
		if strings.HasSuffix(request.Path, "/access_token") {
			n++
		}
	}
	return n
}

// 1200 connections that say nothing, and some that say it slowly, keep nobody out.
func TestSlowStrangers(t *testing.T) {
	d := newCounter(t)
	d.browser = func(start string) error {
		good, err := approved(start)
		if err != nil {
			return err
		}
		for i := range 1200 {
			connection, err := net.Dial("tcp", good.Host)
			if err != nil {
				return err
			}
			defer connection.Close()
			if i%3 == 0 {
				fmt.Fprintf(connection, "POST /callback HTTP/1.1\r\nHost: %s\r\nContent-Length: 100000\r\n\r\nx", good.Host)
			} else if i%3 == 1 {
				io.WriteString(connection, "GET /callback HTTP/1.1\r\nX: ")
			}
		}
		return visit(good.String())
	}
	d.expect(exitDone, connectTea)
}
