package plain

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// A cell never begins like a formula, whatever a spreadsheet takes away before it.
// hazard T5
func TestCSVIsNoFormula(t *testing.T) {
	columns := []importer.Column{{Name: "title", Type: importer.Text}, {Name: "price", Type: importer.Money}}
	var byHazard map[string][]string
	hostile.Texts(t, "sheet", &byHazard)
	for _, lead := range byHazard["T5"] {
		var out strings.Builder
		row := importer.Record{importer.String(lead), importer.String(lead)}
		if err := WriteCSV(&out, columns, EachOf([]importer.Record{row})); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil || len(lines) != 2 {
			t.Fatalf("%q: %v, %v", lead, lines, err)
		}
		for _, cell := range lines[1] {
			if strings.IndexAny(strings.TrimLeft(cell, " \t\r\n\u00a0\u3000\""), "=+-@＝＋－＠") == 0 {
				t.Errorf("%q became %q", lead, cell)
			}
		}
	}
}

func TestCSV(t *testing.T) {
	columns := []importer.Column{{Name: "title", Type: importer.Text}, {Name: "available", Type: importer.Int}, {Name: "weight", Type: importer.Number}, {Name: "tags", Type: importer.Set}}
	rows := []importer.Record{
		{importer.String("Tea, \"green\"\nnew line"), importer.String("-3"), importer.String("0.25"), importer.StringSet([]string{"b", "a"})},
		{importer.String("\x1b[2J\u202eteB"), importer.None, importer.String("1e3"), importer.None},
	}
	var out strings.Builder
	if err := WriteCSV(&out, columns, EachOf(rows)); err != nil {
		t.Fatal(err)
	}
	check(t, out.String(), `
title,available,weight,tags
"Tea, ""green""
new line",-3,0.25,"[""b"",""a""]"
^[[2J<U+202E>teB,,1e3,
`)
}
