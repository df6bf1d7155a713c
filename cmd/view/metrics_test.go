package view

import (
	"regexp"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// The text format of Prometheus: families in one piece, each with its help and
// type first, no series twice, values of labels escaped.
func TestMetricsFormat(t *testing.T) {
	run, other := someRun(), someRun()
	run.WarningsBy = map[string]int{"W-\"\\\n": 2}
	record := Record{Card: Card{}, Last: map[importer.Kind]*importer.Run{importer.KindImport: &run, importer.KindPreview: &other}}
	record.Store, record.Provider = `ma"in\`, "shopify"
	second := record
	second.Store = "outlet"
	var text strings.Builder
	if err := Metrics(&text, []Record{record, second}); err != nil {
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
