package metrics

import (
	"regexp"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// The text format of Prometheus: families in one piece, each with its help and
// type first, no series twice, values of labels escaped.
func TestMetricsFormat(t *testing.T) {
	run, other := runs.Some(), runs.Some()
	run.WarningsBy = map[string]int{"W-\"\\\n": 2}
	record := Record{Card: view.Card{}, Last: map[importer.Kind]*importer.Run{importer.KindImport: &run, importer.KindPreview: &other}}
	record.Store, record.Provider = `ma"in\`, "shopify"
	second := record
	second.Store = "outlet"
	var text strings.Builder
	if err := Write(&text, []Record{record, second}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(text.String(), "\n") || !strings.Contains(text.String(), `{store="ma\"in\\",provider="shopify"}`) {
		t.Errorf("the last line does not end, or a label is not escaped:\n%s", text.String())
	}
	help := regexp.MustCompile(`^# HELP (eshopctl_[a-z_]+) [A-Z][^\\]*\.$`)
	kind := regexp.MustCompile(`^# TYPE (eshopctl_[a-z_]+) gauge$`)
	sample := regexp.MustCompile(`^(eshopctl_[a-z_]+)(\{(?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)+\}) -?\d+(?:\.\d+)?$`)
	family, typed, seen := "", false, map[string]bool{}
	for line := range strings.Lines(text.String()) {
		line = strings.TrimSuffix(line, "\n")
		if m := help.FindStringSubmatch(line); m != nil {
			if seen[m[1]] {
				t.Errorf("%s comes in two pieces", m[1])
			}
			family, typed, seen[m[1]] = m[1], false, true
		} else if m := kind.FindStringSubmatch(line); m != nil {
			typed = m[1] == family
		} else if m := sample.FindStringSubmatch(line); m == nil || m[1] != family || !typed || seen[m[1]+m[2]] {
			t.Errorf("%q stands in the wrong place, comes twice or is not of the format", line)
		} else {
			seen[m[1]+m[2]] = true
		}
	}
}

// What was not read has no series, and one that says so.
func TestMetricsOfWhatWasNotRead(t *testing.T) {
	part, dead := runs.Part(), runs.Dead()
	record := Record{Card: view.Card{Store: "main", SetUpFor: []connector.Resource{"products", "warehouses", "stock"}}, Last: map[importer.Kind]*importer.Run{
		importer.KindImport: &part, importer.KindReconcile: &dead,
	}}
	var out strings.Builder
	if err := Write(&out, []Record{record}); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]bool{
		`eshopctl_not_read{store="main",provider="",kind="import",resource="stock"} 1`:                                true,
		`eshopctl_not_read{store="main",provider="",kind="import",resource="products"} 0`:                             true,
		`eshopctl_not_read{store="main",provider="",kind="reconcile",resource="products"} 1`:                          true,
		`eshopctl_not_read{store="main",provider="",kind="import",resource="categories"}`:                             false, // it is not set up for them
		`eshopctl_last_run_records{store="main",provider="",kind="import",resource="products",outcome="unchanged"} 5`: true,
		`eshopctl_last_run_records{store="main",provider="",kind="import",resource="stock"`:                           false,
		`eshopctl_last_run_records{store="main",provider="",kind="reconcile"`:                                         false,
		`eshopctl_last_run_warnings{store="main",provider="",kind="reconcile"}`:                                       false,
		`eshopctl_last_run_rejections{store="main",provider="",kind="reconcile"}`:                                     false,
		`eshopctl_last_run_warnings{store="main",provider="",kind="import"} 0`:                                        true,
		`eshopctl_last_run_status{store="main",provider="",kind="reconcile",status="failed"} 1`:                       true,
	} {
		if strings.Contains(out.String(), line) != want {
			t.Errorf("%s: %v", line, !want)
		}
	}
}
