// Package faults gives tests what may happen to a request on its way to a shop, or
// there.
package faults

import (
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Fault is what may happen to a request.
type Fault struct {
	Hazard string
	Answer http.HandlerFunc
	Passes bool           // one that does not come again is not noticed
	Code   connector.Code // when it stays

	Files bool // results of bulk operations may meet with it, too
}

// Network gives them by their names. They are made when they are asked for: some are
// megabytes long, and the tests start thousands of processes that need none.
func Network() map[string]Fault {
	return map[string]Fault{
		"reset before":        {"N1", Raw("", true), true, connector.Network, true},
		"reset in the middle": {"N1", Cut(true), true, connector.Network, true},
		"cut, length known":   {"D8", Cut(false), true, connector.Network, true},
		"cut, in chunks":      {"D8", ChunkedCut, true, connector.Network, true},
		"cut, at the end":     {"D8", Raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"+GoodBody[:40], false), true, connector.Network, false},
		"cut, compressed":     {"D8", gzipCut, true, connector.Network, false},
		"too short a length":  {"D8", Raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 40\r\n\r\n"+GoodBody, false), true, connector.Network, false},
		"too long a length":   {"D8", Raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", 2*len(GoodBody), GoodBody), false), true, connector.Network, true},
		"no answer":           {"N2", hang(""), true, connector.Network, true},
		"no end":              {"N2", hang("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{\"data\":"), true, connector.Network, true},
		"a drip":              {"N3", drip, true, connector.Network, true},
		"500":                 {"N4", Status(500, "<html>"), true, connector.ProviderFault, true},
		"502":                 {"N4", Status(502, "<html>"), true, connector.ProviderFault, true},
		"503":                 {"N4", Status(503, ""), true, connector.ProviderFault, true},
		"504":                 {"N4", Status(504, "<html>"), true, connector.ProviderFault, true},
		"520":                 {"N4", Status(520, "<html>"), true, connector.ProviderFault, true},
		"429":                 {"N5", WithHeader("Retry-After", "2.0", Status(429, `{"errors":"Slow down"}`)), true, connector.Throttled, true},
		"throttled":           {"N6", Reply(Problem("THROTTLED", "Throttled")), true, connector.Throttled, false},
		"a field's fault":     {"N7", Reply(`{"data":{"products":{"nodes":[null],"pageInfo":{"hasNextPage":false}}},"errors":[{"message":"Something went wrong","path":["products","nodes",0],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`), true, connector.ProviderFault, false},
		"a field left out":    {"D12", Reply(Problem("undefinedField", "Field 'x' doesn't exist")), false, connector.ProviderFault, false},
		"token rejected":      {"N9", Status(401, `{"errors":"[API] Invalid API key or access token"}`), false, connector.TokenWasRefused, false},
		"scope removed":       {"N10", Reply(`{"errors":[{"message":"Access denied for x field.","path":["x"],"extensions":{"code":"ACCESS_DENIED","requiredAccess":"` + "`read_x` access scope" + `"}}],"data":null}`), false, connector.ScopeMissing, false},
		"frozen":              {"N11", Status(402, `{"errors":"Unavailable Shop"}`), false, connector.ShopUnavailable, false},
		"forbidden":           {"N11", Status(403, `{"errors":"[API] no"}`), false, connector.ShopUnavailable, false},
		"gone":                {"N11", Status(404, `{"errors":"Not Found"}`), false, connector.ShopUnavailable, false},
		"locked":              {"N11", Status(423, ""), false, connector.ShopUnavailable, false},
		"suspicious":          {"N11", Status(430, ""), false, connector.ProviderFault, false},
		"redirect":            {"H5", WithHeader("Location", "https://evil.example/", Status(307, "")), false, connector.ProviderFault, true},
		"address expired":     {"N15", Status(403, "<Error><Code>ExpiredToken</Code></Error>"), true, connector.ProviderFault, true},
		"a web page":          {"D9", Reply("<!doctype html><title>Log in</title>"), true, connector.ProviderFault, false},
		"nothing":             {"D9", Reply(""), true, connector.ProviderFault, false},
		"not UTF-8":           {"D11", Reply(`{"data":{"x":"` + "\xff" + `"}}`), true, connector.ProviderFault, false},
		"filter ignored":      {"N16", Reply(GoodBody[:len(GoodBody)-1] + `,"extensions":{"search":[{"path":["x"],"warnings":[{"field":"updated_at","message":"Invalid","code":"invalid_field"}]}]}}`), false, connector.ProviderFault, false},
		"no content":          {"N4", Status(204, ""), false, connector.ProviderFault, true},
		"a part":              {"N4", Status(206, GoodBody), false, connector.ProviderFault, true},
		"408":                 {"N4", Status(408, "<html>"), true, connector.ProviderFault, true},
		"501":                 {"N4", Status(501, "<html>"), false, connector.ProviderFault, true},
		"599":                 {"N4", Status(599, strings.Repeat("<html>", 100_000)), true, connector.ProviderFault, true},
		"999":                 {"N4", Status(999, "denied"), false, connector.ProviderFault, true},
		"another protocol":    {"N1", Raw("SSH-2.0-OpenSSH_9.2\r\n", false), true, connector.Network, true},
		"another one offered": {"N1", Raw("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", false), false, connector.ProviderFault, true},
		"go on for ever":      {"N1", Raw(strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100_000), false), true, connector.Network, true},
		"endless headers":     {"N1", Raw("HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 12<<20), false), true, connector.Network, true},
		"two lengths":         {"N1", Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", false), true, connector.Network, true},
		"a length below zero": {"N1", Raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"+GoodBody, false), true, connector.Network, true},
		"a chunk of exabytes": {"D8", Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n"+GoodBody[:40], false), true, connector.Network, true},
		"unknown compression": {"D9", WithHeader("Content-Encoding", "br", Reply("\x8b\x02\x80")), true, connector.ProviderFault, false},
		"a circle":            {"H5", WithHeader("Location", "graphql.json", Status(308, "")), false, connector.ProviderFault, true},
		"an old version":      {"N16", WithHeader("X-Shopify-API-Version", "2026-04", Reply(GoodBody)), false, connector.IncompleteRead, false},
	}
}

// GoodBody is what a shop says about itself.
const GoodBody = `{"data":{"shop":{"id":"gid://shopify/Shop/1","name":"A","myshopifyDomain":"a.myshopify.com","currencyCode":"EUR"},"currentAppInstallation":{"accessScopes":[]}}}`

// Raw answers with these bytes and nothing else.
func Raw(answer string, reset bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, _, _ := http.NewResponseController(w).Hijack()
		io.WriteString(connection, answer)
		if reset {
			connection.(*net.TCPConn).SetLinger(0)
		}
		connection.Close()
	}
}

func hang(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		connection, _, _ := http.NewResponseController(w).Hijack()
		defer connection.Close()
		io.WriteString(connection, answer)
		_, _ = connection.Read(make([]byte, 1)) // until the client has had enough
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		io.WriteString(w, " ")
		_ = http.NewResponseController(w).Flush()
		time.Sleep(10 * time.Millisecond)
	}
}

func gzipCut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	packed := gzip.NewWriter(w)
	io.WriteString(packed, GoodBody[:40])
	_ = packed.Flush() // never closed
}

// Status answers with a status and a body.
func Status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		io.WriteString(w, body)
	}
}

// Reply answers with 200 and a body.
func Reply(body string) http.HandlerFunc { return Status(200, body) }

// WithHeader adds a header to an answer.
func WithHeader(name, value string, answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		answer(w, r)
	}
}

// Problem is the body of an answer that has an error.
func Problem(code, message string) string {
	return fmt.Sprintf(`{"errors":[{"message":%q,"extensions":{"code":%q}}]}`, message, code)
}

// Cut sends the head and a part of the body, then ends the connection: neatly,
// or with a reset.
func Cut(reset bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, _, _ := http.NewResponseController(w).Hijack()
		fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(GoodBody), GoodBody[:40])
		if reset {
			connection.(*net.TCPConn).SetLinger(0)
		}
		connection.Close()
	}
}

// ChunkedCut ends within a chunk.
func ChunkedCut(w http.ResponseWriter, _ *http.Request) {
	connection, _, _ := http.NewResponseController(w).Hijack()
	io.WriteString(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n28\r\n"+GoodBody[:40]+"\r\n")
	connection.Close()
}

// Meets lets questions with these words meet with an answer that is none, a number
// of times.
func Meets(words []string, times int32, answer http.HandlerFunc) func(http.Handler) http.Handler {
	var met atomic.Int32
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			question, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(question)))
			asked := r.URL.Path + string(question)
			for _, word := range words {
				if !strings.Contains(asked, word) {
					next.ServeHTTP(w, r)
					return
				}
			}
			if met.Add(1) > times {
				next.ServeHTTP(w, r)
				return
			}
			answer(w, r)
		})
	}
}
