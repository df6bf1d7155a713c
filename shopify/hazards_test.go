package shopify

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox"
)

// networkFault is what may happen to a request on its way or at the shop.
type networkFault struct {
	hazard string
	answer http.HandlerFunc
	passes bool           // a fault of that kind that does not come again is not noticed
	code   connector.Code // when it stays

	files bool // results of bulk operations may meet with it, too
}

var networkFaults = map[string]networkFault{
	"reset before":        {"N1", raw("", true), true, connector.Network, true},
	"reset in the middle": {"N1", cut(true), true, connector.Network, true},
	"cut, length known":   {"D8", cut(false), true, connector.Network, true},
	"cut, in chunks":      {"D8", chunkedCut, true, connector.Network, true},
	"cut, at the end":     {"D8", raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"+goodBody[:40], false), true, connector.Network, false},
	"cut, compressed":     {"D8", gzipCut, true, connector.Network, false},
	"too short a length":  {"D8", raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 40\r\n\r\n"+goodBody, false), true, connector.Network, false},
	"too long a length":   {"D8", raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", 2*len(goodBody), goodBody), false), true, connector.Network, true},
	"no answer":           {"N2", hang(""), true, connector.Network, true},
	"no end":              {"N2", hang("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{\"data\":"), true, connector.Network, true},
	"a drip":              {"N3", drip, true, connector.Network, true},
	"500":                 {"N4", status(500, "<html>"), true, connector.ProviderFault, true},
	"502":                 {"N4", status(502, "<html>"), true, connector.ProviderFault, true},
	"503":                 {"N4", status(503, ""), true, connector.ProviderFault, true},
	"504":                 {"N4", status(504, "<html>"), true, connector.ProviderFault, true},
	"520":                 {"N4", status(520, "<html>"), true, connector.ProviderFault, true},
	"429":                 {"N5", withHeader("Retry-After", "2.0", status(429, `{"errors":"Slow down"}`)), true, connector.Throttled, true},
	"throttled":           {"N6", reply(problem("THROTTLED", "Throttled")), true, connector.Throttled, false},
	"a field's fault":     {"N7", reply(`{"data":{"products":{"nodes":[null],"pageInfo":{"hasNextPage":false}}},"errors":[{"message":"Something went wrong","path":["products","nodes",0],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`), true, connector.ProviderFault, false},
	"a field left out":    {"D12", reply(problem("undefinedField", "Field 'x' doesn't exist")), false, connector.ProviderFault, false},
	"token rejected":      {"N9", status(401, `{"errors":"[API] Invalid API key or access token"}`), false, connector.TokenWasRefused, false},
	"scope removed":       {"N10", reply(`{"errors":[{"message":"Access denied for x field.","path":["x"],"extensions":{"code":"ACCESS_DENIED","requiredAccess":"` + "`read_x` access scope" + `"}}],"data":null}`), false, connector.ScopeMissing, false},
	"frozen":              {"N11", status(402, `{"errors":"Unavailable Shop"}`), false, connector.ShopUnavailable, false},
	"forbidden":           {"N11", status(403, `{"errors":"[API] no"}`), false, connector.ShopUnavailable, false},
	"gone":                {"N11", status(404, `{"errors":"Not Found"}`), false, connector.ShopUnavailable, false},
	"locked":              {"N11", status(423, ""), false, connector.ShopUnavailable, false},
	"suspicious":          {"N11", status(430, ""), false, connector.ProviderFault, false},
	"redirect":            {"H5", withHeader("Location", "https://evil.example/", status(307, "")), false, connector.ProviderFault, true},
	"address expired":     {"N15", status(403, "<Error><Code>ExpiredToken</Code></Error>"), true, connector.ProviderFault, true},
	"a web page":          {"D9", reply("<!doctype html><title>Log in</title>"), true, connector.ProviderFault, false},
	"nothing":             {"D9", reply(""), true, connector.ProviderFault, false},
	"not UTF-8":           {"D11", reply(`{"data":{"x":"` + "\xff" + `"}}`), true, connector.ProviderFault, false},
	"filter ignored":      {"N16", reply(goodBody[:len(goodBody)-1] + `,"extensions":{"search":[{"path":["x"],"warnings":[{"field":"updated_at","message":"Invalid","code":"invalid_field"}]}]}}`), false, connector.ProviderFault, false},
	"an old version":      {"N16", withHeader("X-Shopify-API-Version", "2026-04", reply(goodBody)), false, connector.IncompleteRead, false},
}

// patience is how long an answer is waited for; little where none will come.
func (f networkFault) patience() time.Duration {
	if f.hazard == "N2" || f.hazard == "N3" {
		return 250 * time.Millisecond
	}
	return responseTimeout
}

// raw answers with these bytes and nothing else.
func raw(answer string, reset bool) http.HandlerFunc {
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
	io.WriteString(packed, goodBody[:40])
	_ = packed.Flush() // never closed
}

// requests of a reading, by the words of the question that tell them apart.
var requestsOfReading = map[string]struct {
	words  []string
	reader importer.Reader
}{
	"shop": {[]string{"EshopShop"}, importer.ReaderPaged}, "count": {[]string{"EshopVariantsCount"}, importer.ReaderPaged},
	"locations": {[]string{"EshopLocations("}, importer.ReaderPaged}, "products": {[]string{"EshopProducts("}, importer.ReaderPaged},
	"variants": {[]string{"EshopVariants("}, importer.ReaderPaged}, "stock": {[]string{"EshopInventory("}, importer.ReaderPaged},
	"collections": {[]string{"EshopCollections("}, importer.ReaderPaged}, "members": {[]string{"EshopCollectionProducts("}, importer.ReaderPaged},
	"catch-up": {[]string{"EshopProducts(", "updated_at"}, importer.ReaderPaged},
	"start":    {[]string{"EshopBulkRun("}, importer.ReaderBulk}, "poll": {[]string{"EshopBulkPoll("}, importer.ReaderBulk},
	"file": {[]string{"/bulk-operation-outputs/"}, importer.ReaderBulk},
}

// faulty lets questions with these words meet with an answer that is none, a
// number of times.
func faulty(words []string, times int32, answer http.HandlerFunc) func(http.Handler) http.Handler {
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

// TestNetworkHazards lets every kind of request of a reading meet with every kind
// of fault, once and for ever. A reading ends whole, or with an error that says
// what to do: never in a third way. The faults are named as in the list of
// hazards.
//
// hazard D8 hazard D9 hazard D11 hazard D12 hazard H5 hazard N1
// hazard N2 hazard N3 hazard N4 hazard N5 hazard N6 hazard N7
// hazard N9 hazard N10 hazard N11 hazard N15 hazard N16 hazard N19
func TestNetworkHazards(t *testing.T) {
	for place, request := range requestsOfReading {
		for name, fault := range networkFaults {
			if place == "file" && !fault.files || place != "file" && fault.hazard == "N15" || fault.hazard == "N16" && strings.HasPrefix(name, "filter") && place != "catch-up" {
				continue
			}
			t.Run(place+"/"+name+"/hazard "+fault.hazard, func(t *testing.T) {
				t.Parallel()
				meetsWith(t, place, request.words, request.reader, fault, 1)
				if slices.Contains([]string{"shop", "products", "start", "file"}, place) { // all are asked in one way
					meetsWith(t, place, request.words, request.reader, fault, 1<<20)
				}
			})
		}
	}
}

func meetsWith(t *testing.T, place string, words []string, reader importer.Reader, fault networkFault, times int32) {
	b := newHazardBench(t, faulty(words, times, fault.answer), fault.patience())
	b.options.Reader = reader
	intake, _, err := b.read(t)
	if err == nil {
		compareWithTruth(t, intake, b.shop.Truth())
	}
	if passes := times == 1 && fault.passes; passes != (err == nil) {
		t.Fatalf("%d times: %v", times, err)
	}
	var told *connector.Fault
	if err == nil {
		return
	}
	if !errors.As(err, &told) || told.Message == "" || told.Hint == "" && told.Code != connector.TokenWasRefused {
		t.Fatalf("%v says too little", err)
	}
	want := fault.code
	if place == "start" && (want == connector.ShopUnavailable && fault.hazard == "N11" && strings.Contains(told.Message, "bulk") || fault.hazard == "D12") {
		want = connector.ScopeMissing // so it is told that bulk operations are not allowed
	}
	unreachableOrOdd := want == connector.Network && told.Code == connector.ProviderFault // a cut answer may look like a bad one
	if told.Code != want && !unreachableOrOdd {
		t.Errorf("%d times: %s, want %s: %s", times, told.Code, want, told.Message)
	}
}

// newHazardBench is a small shop behind a faulty way, read by a client that waits
// for so long.
func newHazardBench(t *testing.T, wrap func(http.Handler) http.Handler, patient time.Duration) *bulkBench {
	return benchOf(t, sandbox.Generate(6), wrap, func(site *Site, server *sandbox.Server) {
		transport := newTransport()
		transport.ResponseHeaderTimeout = patient
		site.transport = guard{detour{patience{transport, patient}, strings.TrimPrefix(server.URL(), "http://")}}
	})
}
