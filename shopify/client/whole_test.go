package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// fileParts answers each request for a file with the next of its parts.
type fileParts []filePart

type filePart struct {
	status       int
	body, tag    string
	length       int64  // that is announced; -1 for none
	contentRange string // of a rest
}

func (f *fileParts) RoundTrip(*http.Request) (*http.Response, error) {
	if len(*f) == 0 {
		return nil, errors.New("nothing more")
	}
	part := (*f)[0]
	*f = (*f)[1:]
	header := http.Header{"Etag": {part.tag}, "Content-Range": {part.contentRange}}
	return &http.Response{StatusCode: part.status, Header: header, ContentLength: part.length,
		Body: io.NopCloser(strings.NewReader(part.body))}, nil
}

// A transfer that breaks off is continued with the rest of the same file, or it fails. A part never
// passes for the whole.
func TestATransferIsWholeOrBroken(t *testing.T) {
	const text, first, rest = "0123456789", "0123", "456789"
	whole, cut := filePart{200, text, `"a"`, 10, ""}, filePart{200, first, `"a"`, 10, ""}
	next := func(body, tag, at string) filePart { return filePart{206, body, tag, int64(len(body)), "bytes " + at} }
	for name, c := range map[string]struct {
		parts fileParts
		read  string // "" when it must fail
	}{
		"at once":             {fileParts{whole}, text},
		"of unknown length":   {fileParts{{200, text, "", -1, ""}}, text},
		"continued":           {fileParts{cut, next(rest, `"a"`, "4-9/10")}, text},
		"continued twice":     {fileParts{cut, next("45", `"a"`, "4-9/10"), next("6789", `"a"`, "6-9/10")}, text},
		"after a refusal":     {fileParts{cut, {503, "", "", 0, ""}, next(rest, `"a"`, "4-9/10")}, text},
		"cut off":             {fileParts{cut, {416, "", "", 0, ""}}, ""},
		"another version":     {fileParts{cut, next(rest, `"b"`, "4-9/10")}, ""},
		"of another length":   {fileParts{cut, next(rest+"a", `"a"`, "4-10/11")}, ""},
		"from another place":  {fileParts{cut, next("3"+rest, `"a"`, "3-9/10")}, ""},
		"the whole once more": {fileParts{cut, whole}, ""},
	} {
		site, _ := site.New("", site.Way{Transport: &c.parts})
		client := New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken},
			Pauses{Sleep: func(context.Context, time.Duration) error { return nil }})
		file, err := openFile(t.Context(), client, &url.URL{Scheme: "https", Host: "storage.googleapis.com", Path: "/result"})
		if err != nil {
			t.Fatal(name, err)
		}
		read, err := io.ReadAll(file)
		switch {
		case c.read != "" && (err != nil || string(read) != c.read):
			t.Errorf("%s: %q, %v", name, read, err)
		case c.read == "" && !errors.Is(err, errBroken):
			t.Errorf("%s: %q passes for the whole: %v", name, read, err)
		}
	}
}
