package client

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// busyFiles answers each request for a file with a status and a Retry-After.
type busyFiles struct {
	status int
	after  string
	asked  int
}

func (f *busyFiles) RoundTrip(*http.Request) (*http.Response, error) {
	f.asked++
	return &http.Response{StatusCode: f.status, Header: http.Header{"Retry-After": {f.after}}, Body: io.NopCloser(strings.NewReader(""))},
		nil
}

// A result that is not yet to be had is waited for as long as patience allows, and the operator is
// told.
func TestAResultThatComesLaterIsWaitedForWithPatience(t *testing.T) {
	for name, c := range map[string]struct {
		status, asked, told int
		after               string
	}{
		"longer than patience": {status: 429, after: "60", asked: 1},
		"the end of patience":  {status: 503, after: "8", asked: 2, told: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				files, told, began := &busyFiles{status: c.status, after: c.after}, 0, time.Now()
				patience := connector.NewPatience(10*time.Second, func(connector.Wait) { told++ })
				site, _ := site.New("", site.Way{Transport: files, Patience: patience})
				shop := &Operations{client: New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{})}
				_, err := shop.OpenResult(t.Context(), &bulk.Operation{URL: "https://storage.googleapis.com/result"})
				if !errors.Is(err, ErrNoFile) || !strings.Contains(err.Error(), "come again after") {
					t.Errorf("the error is %v", err)
				}
				if took := time.Since(began); took > 10*time.Second || files.asked != c.asked || told != c.told {
					t.Errorf("asked %d times in %v, told %d times", files.asked, took, told)
				}
			})
		})
	}
}
