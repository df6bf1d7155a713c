package shopify

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
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
	return &http.Response{StatusCode: part.status, Header: header, ContentLength: part.length, Body: io.NopCloser(strings.NewReader(part.body))}, nil
}

// A transfer that breaks off is continued with the rest of the same file, or it has
// failed: what is there of it never passes for the whole.
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
		site, _ := NewSite("", &c.parts)
		client := NewClient(site, shopName, "2026-10", &tokens{current: firstToken}, nil)
		client.sleep = func(context.Context, time.Duration) error { return nil }
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

// What Shopify counted of a result and what its file holds must agree, both in all and
// without a parent.
func TestAFileIsHeldAgainstBothCounts(t *testing.T) {
	for _, c := range []struct {
		all, roots, unnamed int
		fails               string
	}{
		{10, 4, 0, ""}, {10, 4, 1, ""}, {9, 4, 0, "ends after line 9"}, {11, 4, 0, "has 11 lines"},
		{10, 3, 0, "3 lines without a parent"}, {10, 5, 0, "5 lines without a parent"}, {10, 4, 4, "no record of its kind"},
	} {
		v := newVerification(flatList{document: bulkProducts}, &bulkOperation{ObjectCount: 10, RootObjectCount: 4}, newIdentities(newRecorder(t)), func(int) {})
		v.all, v.roots, v.unnamed = c.all, c.roots, c.unnamed
		err := v.end()
		if told := fmt.Sprint(err); (err != nil) != (c.fails != "") || !strings.Contains(told, c.fails) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// A file is good only if every line is there once and can be read. A record that comes
// twice, and not in the same words, changed while the shop was read.
//
// hazard D6
func TestEveryLineOfAFileIsVerified(t *testing.T) {
	level := func(item, at, n int) string {
		return fmt.Sprintf(`{"location":{"id":"gid://shopify/Location/%d"},"quantities":[{"name":"available","quantity":%d}],"__parentId":"gid://shopify/InventoryItem/%d"}`, at, n, item)
	}
	item := func(n int) string { return fmt.Sprintf(`{"id":"gid://shopify/InventoryItem/%d"}`, n) }
	for name, c := range map[string]struct {
		lines []string
		fails string
	}{
		"good":                 {[]string{item(1), level(1, 1, 5), item(2), level(2, 1, 5)}, ""},
		"parts before records": {[]string{level(2, 1, 5), level(1, 1, 5), item(2), item(1)}, ""},
		"changed":              {[]string{item(1), level(1, 1, 5), item(2), level(1, 1, 6)}, ""},
		"doubled":              {[]string{item(1), level(1, 1, 5), item(2), level(1, 1, 5)}, "line 4 of the bulk result of stock is doubled"},
		"doubled and changed":  {[]string{level(1, 1, 5), level(1, 1, 6), level(1, 1, 5), item(2)}, "line 3 of the bulk result of stock is doubled"},
		"a record doubled":     {[]string{item(1), level(1, 1, 5), item(1), level(2, 1, 5)}, "line 3 of the bulk result of stock is doubled"},
		"no JSON behind JSON":  {[]string{item(1), level(1, 1, 5) + "}", item(2), level(2, 1, 5)}, "line 2 of the bulk result of stock cannot be read"},
		"cut in the middle":    {[]string{item(1), level(1, 1, 5), item(2), level(2, 1, 5)[:40]}, "line 4 of the bulk result of stock is cut off"},
		"one that is lost":     {[]string{item(1), level(1, 1, 5), item(2)}, "ends after line 3"},
	} {
		o := &bulkOperation{ObjectCount: 4, RootObjectCount: 2}
		if name == "doubled and changed" {
			o.RootObjectCount = 1
		}
		v, whole := newVerification(flatList{document: bulkInventory, ids: itemIDs}, o, newIdentities(newRecorder(t)), func(int) {}), &bytes.Buffer{}
		file := strings.Join(c.lines, "\n")
		to := bufio.NewWriter(whole)
		err := v.copy(t.Context(), to, strings.NewReader(file))
		if told := fmt.Sprint(err); (err != nil) != (c.fails != "") || !strings.Contains(told, c.fails) {
			t.Errorf("%s: %v", name, err)
		}
		if to.Flush(); err == nil && whole.String() != file+"\n" {
			t.Errorf("%s: another file was kept: %s", name, whole)
		}
	}
}
