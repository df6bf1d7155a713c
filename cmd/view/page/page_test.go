package page

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/hostile"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// reportOf makes the page of a run in whose shop everything is called name.
func reportOf(t *testing.T, name string) string {
	t.Helper()
	run := runs.Some()
	run.Domain, run.Error = name, &importer.RunError{Code: connector.Network, Message: name, Next: connector.Advice(name)}
	remarks := runs.Remarks()
	for i := range remarks {
		remarks[i].Message, remarks[i].ExternalID, remarks[i].Next = name, name, connector.Advice(name)
	}
	title := importer.Products.Column("title")
	changes := map[*importer.Table][]importer.Change{importer.Products: {
		{Action: importer.Create, Table: importer.Products, Key: name, Fields: []importer.FieldChange{{Column: title, New: importer.String(name)}}},
		{Action: importer.Update, Table: importer.Products, Key: name, Drifted: true, Fields: []importer.FieldChange{{Column: title, Old: importer.String(name), New: importer.String(name)}}},
	}}
	report := Run{
		Run: run, Remarks: plain.EachOf(remarks), Explain: func(string) string { return "What it means." }, Version: "1.2.3",
		Changes: func(t *importer.Table) iter.Seq2[importer.Change, error] { return plain.EachOf(changes[t]) },
		Name:    func(importer.Change) string { return name },
		Stages:  []Stage{{"reading", 3 * time.Second}, {"writing", time.Second}},
	}
	var out strings.Builder
	if err := report.Write(&out, runs.Noon); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever a shop calls its things, the page is built the same; only texts
// differ.
// hazard T6
func TestReportIsInert(t *testing.T) {
	want := skeleton(t, reportOf(t, "harmless"))
	var byHazard map[string][]string
	hostile.Texts(t, "html", &byHazard)
	for _, name := range append(byHazard["T6"], hostile.OnTerminals(t)...) {
		page := reportOf(t, name)
		if got := skeleton(t, page); got != want {
			t.Errorf("%q changes how the page is built:\n%s\nwant\n%s", name, got, want)
		}
		if r, found := hostile.Obeyed(strings.ReplaceAll(page, "\n", "")); found {
			t.Errorf("%q leaves %q in the page", name, r)
		}
	}
}

// skeleton is the elements of a page with their attributes, without texts. It
// fails when one could load or run something.
func skeleton(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		text.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			text.WriteString(" " + a.Key + "=" + a.Val)
			if a.Key == "src" || a.Key == "href" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has the attribute %s=%q", n.Data, a.Key, a.Val)
			}
		}
		text.WriteString(">")
		if n.Data == "script" || n.Data == "link" || n.Data == "img" || n.Data == "iframe" || n.Data == "base" {
			t.Errorf("there is an element <%s>", n.Data)
		}
	}
	return text.String()
}

// The policy names the style by its digest: a browser would show the page bare if
// the template changed a byte of it.
func TestReportStyleFitsPolicy(t *testing.T) {
	page := reportOf(t, "harmless")
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, found := strings.Cut(rest, "</style>")
	digest := sha256.Sum256([]byte(style))
	if !found || !strings.Contains(html.UnescapeString(page), "'sha256-"+base64.StdEncoding.EncodeToString(digest[:])+"'") {
		t.Error("the digest in the policy is not that of the style")
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style loads something")
	}
}

func TestReportSays(t *testing.T) {
	page := html.UnescapeString(reportOf(t, "Green tea"))
	for _, want := range []string{
		"import 20261124-1158-k3f9 of store main", "partial", "4 changes written, 1 record rejected, 5 warnings.", "12,340 read: 2 created, 1 updated, 12,337 unchanged",
		"1 rejection</span> E-WAREHOUSE-AMBIGUOUS", "5 warnings</span> W-SKU-MISSING", "What it means.", "products: 2 created", "and 1 more", "edited here",
		"eshopctl runs changes 20261124-1158-k3f9 --resource products --action create", "eshopctl runs warnings 20261124-1158-k3f9", "3.0 s", "2026-11-24 11:58 UTC", "by eshopctl 1.2.3",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A run that did not come far has a page too, and errors are not swallowed.
func TestReportOfLittle(t *testing.T) {
	run := importer.Run{ID: "20261124-1158-k3f9", Kind: importer.KindImport, Status: importer.Failed, WarningsBy: map[string]int{"W-X": 3}}
	var out strings.Builder
	if err := (Run{Run: run, Remarks: plain.EachOf[importer.Remark](nil)}).Write(&out, runs.Noon); err != nil || !strings.Contains(out.String(), "3 warnings") {
		t.Errorf("%v: %s", err, out.String())
	}
	broken := errors.New("the disk reported an error")
	failing := func(yield func(importer.Remark, error) bool) { yield(importer.Remark{}, broken) }
	if err := (Run{Run: run, Remarks: failing}).Write(&out, runs.Noon); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// Bars are full, and few among many are still seen.
func TestBars(t *testing.T) {
	for _, counts := range []importer.Counts{
		{Read: 1_000_000, Created: 1, Unchanged: 999_998, Rejected: 1}, {Read: 3, Created: 1, Updated: 1, Skipped: 1}, {Read: 1, Rejected: 1},
		{Read: 7, Created: 1, Updated: 1, Unchanged: 3, Skipped: 1, Rejected: 1},
	} {
		x := 0
		for _, s := range resourceBar(importer.Run{}, "products", &counts).Segments {
			if s.X != x || s.Width < leastWidth {
				t.Errorf("%+v: segment at %d, %d wide, after %d", counts, s.X, s.Width, x)
			}
			x += s.Width
		}
		if x != barWidth {
			t.Errorf("%+v: %d of %d", counts, x, barWidth)
		}
	}
}

// The report of a run says it in its tables, in its facts and in its first sentence.
func TestReportOfWhatWasNotRead(t *testing.T) {
	var out strings.Builder
	if err := (Run{Run: runs.Part()}).Write(&out, runs.Noon.Add(time.Minute)); err == nil {
		for _, want := range []string{
			`<bdi>stock</bdi></th><td>not read</td><td></td>`, `<dt>not read</dt><dd>warehouses: left out on purpose; stock: the shop does not grant read_inventory</dd>`,
			`in products and categories. Not read: warehouses, stock.`,
		} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("no %s", want)
			}
		}
	} else {
		t.Fatal(err)
	}
}
