package cmd

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// placeholder stands for a part of the right callback; see callbacks.txt.
var placeholder = regexp.MustCompile(`\{([A-Za-z]+)([:+-][a-z0-9]+)?\}`)

// callbackParts are what placeholders stand for.
type callbackParts struct {
	good   *url.URL
	secret string
}

// request is a line of callbacks.txt as a request.
func (p callbackParts) request(text string) *http.Request {
	text = placeholder.ReplaceAllStringFunc(text, p.fill)
	if target, rest, signs := strings.Cut(text, "{signed}"); signs {
		_, query, _ := strings.Cut(target, "?")
		values, _ := url.ParseQuery(strings.TrimSuffix(query, "&hmac="))
		text = target + sandboxtest.SignCallback(p.secret, values) + rest
	}
	head, headers, _ := strings.Cut(text, "\n")
	method, target, _ := strings.Cut(head, " ")
	request := &http.Request{Method: method, URL: &url.URL{Scheme: "http", Host: p.good.Host, Opaque: target}, Header: http.Header{}}
	if strings.HasPrefix(target, "//") {
		request.URL.Opaque = "//" + p.good.Host + target
	}
	if name, value, found := strings.Cut(headers, ": "); found && name == "Host" {
		request.Host = value
	} else if found {
		request.Header.Set(name, value)
	}
	return request
}

func (p callbackParts) fill(mark string) string {
	parts := placeholder.FindStringSubmatch(mark)
	name, more := parts[1], parts[2]
	query := p.good.Query()
	switch {
	case name == "now":
		seconds, _ := strconv.ParseInt(more, 10, 64)
		return strconv.FormatInt(time.Now().Unix()+seconds, 10)
	case name == "signed" && more != "":
		return sandboxtest.SignCallback(map[string]string{"-hush": "hush", "-blank": p.secret + " "}[more], query)
	case name == "good" && more != "":
		query.Del(more[1:])
		return query.Encode()
	case name == "good":
		return p.good.RawQuery
	case name == "hmac" && more != "":
		n, _ := strconv.Atoi(more[1:])
		return query.Get("hmac")[:n]
	case name == "HMAC":
		return strings.ToUpper(query.Get("hmac"))
	case name == "lower":
		return strings.ToLower(query.Get("state"))
	case name == "reversed":
		backwards := []byte(query.Get("state"))
		slices.Reverse(backwards)
		return string(backwards)
	case name == "port":
		return p.good.Port()
	case query.Has(name):
		return url.QueryEscape(query.Get(name))
	}
	return mark
}

// Whatever strangers send, nothing of it gets through, and the right callback
// still does.
//
// hazard O1, O4, O7, O8, O10, O12, O13, O18, O22, O23
func TestHostileCallbacks(t *testing.T) {
	d := newCounter(t)
	d.browser = func(start string) error {
		good, err := approved(start)
		if err != nil {
			return err
		}
		parts := callbackParts{good, d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"]}
		for _, c := range hostile.Cases(t, "callbacks") {
			d.attack(parts, c)
		}
		if asked := d.tokenRequests(); asked != 0 {
			t.Errorf("%d requests for tokens", asked)
		}
		return visit(good.String())
	}
	got := d.expect(exit.Done, connectTea)
	if strings.Count(got.stderr, "still waiting") != 1 {
		t.Errorf("told: %s", got.stderr)
	}
	if asked := d.tokenRequests(); asked != 1 {
		t.Errorf("%d requests for tokens", asked)
	}
	d.standing("main", "live", "", "green")
}

func (d *counter) attack(parts callbackParts, c hostile.Case) {
	response, err := http.DefaultTransport.RoundTrip(parts.request(c.Text))
	if err != nil {
		d.Errorf("callbacks.txt:%d: %v", c.Line, err)
		return
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if strconv.Itoa(response.StatusCode) != c.Verdict {
		d.Errorf("callbacks.txt:%d: %.200q: %d, want %s", c.Line, c.Text, response.StatusCode, c.Verdict)
	}
	if strings.Contains(string(body), "<script") || strings.Contains(string(body), "alert(1)") {
		d.Errorf("callbacks.txt:%d is repeated on the page", c.Line)
	}
	for header := range response.Header {
		if header == "Location" || header == "Set-Cookie" || strings.HasPrefix(header, "Access-Control") {
			d.Errorf("callbacks.txt:%d: %s", c.Line, header)
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
//
// hazard O21
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
	d.expect(exit.Done, connectTea)
}
