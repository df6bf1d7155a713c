package client

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// brokenFile sends the first half of a file and refuses the rest some times.
type brokenFile struct {
	status, times int
	after         string
	asked         int
}

func (f *brokenFile) RoundTrip(r *http.Request) (*http.Response, error) {
	f.asked++
	header := http.Header{"Etag": {`"1"`}}
	switch {
	case f.asked == 1:
		return &http.Response{StatusCode: 200, Header: header, ContentLength: 8, Body: io.NopCloser(strings.NewReader("half"))}, nil
	case f.asked-1 <= f.times:
		return &http.Response{StatusCode: f.status, Header: http.Header{"Retry-After": {f.after}},
			Body: io.NopCloser(strings.NewReader(""))}, nil
	}
	header.Set("Content-Range", "bytes 4-7/8")
	return &http.Response{StatusCode: 206, Header: header, Body: io.NopCloser(strings.NewReader("rest"))}, nil
}

// The rest of a file is waited for as long as patience allows, and as long as the server asks.
func TestTheRestOfAFileIsWaitedForWithPatience(t *testing.T) {
	for name, c := range map[string]struct {
		status, times, asked int
		after                string
		takes                time.Duration
		fails                string
	}{
		"a time that it names": {status: 503, times: 1, after: "20", asked: 3, takes: 20 * time.Second},
		"too many requests":    {status: 429, times: 2, after: "7", asked: 4, takes: 14 * time.Second},
		"longer than patience": {status: 429, times: 1, after: "3600", asked: 2, fails: "come again after 1h0m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				file, told, began := &brokenFile{status: c.status, times: c.times, after: c.after}, 0, time.Now()
				patience := connector.NewPatience(time.Minute, func(w connector.Wait) {
					if strings.HasPrefix(w.For, "another try: ") || strings.Contains(w.For, "fewer requests") {
						told++
					}
				})
				site, _ := site.New("", site.Way{Transport: file, Patience: patience})
				client := New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{})
				body, err := openFile(t.Context(), client, &url.URL{Scheme: "https", Host: "storage.googleapis.com", Path: "/result"})
				if err != nil {
					t.Fatal(err)
				}
				text, err := io.ReadAll(body)
				fault := (*connector.Fault)(nil)
				if c.fails == "" && (err != nil || string(text) != "halfrest") ||
					c.fails != "" && (!errors.As(err, &fault) || !strings.Contains(fault.Message, c.fails)) {
					t.Errorf("read %q, %v", text, err)
				}
				if took := time.Since(began).Round(time.Second); took-c.takes > time.Second || took < c.takes || file.asked != c.asked {
					t.Errorf("asked %d times in %v", file.asked, took)
				}
				if (told > 0) != (c.fails == "") {
					t.Errorf("told %d times", told)
				}
			})
		})
	}
}
