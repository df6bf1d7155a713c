package plain

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/testdata/hostile"
)

var teaColumns = []Column{Whole("sku"), Text("title"), Number("units")}

func drawn(t *testing.T, width int, columns []Column, rows [][]string) string {
	t.Helper()
	var out strings.Builder
	if err := WriteTable(&out, width, columns, rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTable(t *testing.T) {
	got := drawn(t, 0, teaColumns, [][]string{
		{"A-1", "Green tea", "12"}, {"A-2", "緑茶", "1,200"}, {"", "x\x1b[2Jy", "-3"}, {"A-4"},
	})
	want := `sku  title      units
A-1  Green tea     12
A-2  緑茶       1,200
     x^[[2Jy       -3
A-4
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if got := drawn(t, 80, teaColumns, nil); got != "" {
		t.Errorf("without rows: %q", got)
	}
}

func TestTableFits(t *testing.T) {
	long := strings.Repeat("緑茶 and cups ", 20)
	rows := [][]string{{"SKU-1234567890", long, "1,234"}, {"A", "", ""}, {"", "🍵", "7"}}
	for _, width := range []int{1, 8, 20, 40, 80, 400} {
		for line := range strings.Lines(drawn(t, width, teaColumns, rows)) {
			if got := WidthOf(strings.TrimSuffix(line, "\n")); got > width {
				t.Errorf("width %d: %q takes %d columns", width, line, got)
			}
		}
	}
	if got := drawn(t, 40, teaColumns, rows); !strings.Contains(got, "SKU-1234567890  緑茶") || !strings.Contains(got, "…  1,234") {
		t.Errorf("ids and numbers are not cut first:\n%s", got)
	}
	if got := drawn(t, 0, teaColumns, rows); !strings.Contains(got, strings.TrimSpace(long)) {
		t.Errorf("data is cut though there is no terminal:\n%s", got)
	}
}

func TestTableOfManyRows(t *testing.T) {
	var rows [][]string
	for i := range 1203 {
		rows = append(rows, []string{fmt.Sprintf("A-%d", i), "tea", Count(i)})
	}
	lines := strings.Split(strings.TrimSpace(drawn(t, 60, teaColumns, rows)), "\n")
	if len(lines) != 1204 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines[1:] {
		if WidthOf(line) != WidthOf(lines[0]) {
			t.Fatalf("%q does not stand below %q", line, lines[0])
		}
	}
}

func TestTableOfHugeCells(t *testing.T) {
	began := time.Now()
	for _, cell := range []string{strings.Repeat("x", 1<<20), strings.Repeat(" ", 1<<20), strings.Repeat("e\u0301", 1<<19), ""} {
		got := drawn(t, 80, teaColumns, [][]string{{"A", cell, "1"}})
		if len(got) > 2000 {
			t.Errorf("%d bytes printed", len(got))
		}
	}
	if took := time.Since(began); took > 5*time.Second { // some 100 ms without the race detector
		t.Errorf("took %s", took)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"tea", 3, "tea"}, {"teas", 3, "te…"}, {"緑茶", 4, "緑茶"}, {"緑茶", 3, "緑…"}, {"緑茶", 2, "…"}, {"", 5, ""},
	} {
		if got := Cut(c.text, c.columns); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

// Where a window is too narrow, what is empty goes first, then what is spare;
// ids keep their end, and no figure is ever cut.
func TestTableLeavesOut(t *testing.T) {
	columns := []Column{Whole("run"), Text("title"), Text("missing since"), Spared(Text("vendor")), Number("changes of all records"), Whole("external id")}
	rows := [][]string{
		{"20261125-0348-9jsb", "Green tea", "", "Wilder Porcelain", "1,234,567", "gid://shopify/Product/8123450032770"},
		{"20261125-0348-9j5b", "Black tea", "", "Kiln", "7", "gid://shopify/Product/8123450032771"},
	}
	check(t, drawn(t, 140, columns, rows), `
run                 title      missing since  vendor            changes of all records  external id
20261125-0348-9jsb  Green tea                 Wilder Porcelain               1,234,567  gid://shopify/Product/8123450032770
20261125-0348-9j5b  Black tea                 Kiln                                   7  gid://shopify/Product/8123450032771
`)
	check(t, drawn(t, 80, columns, rows), `
run                 title     changes of all records  external id
20261125-0348-9jsb  Green t…               1,234,567  …ify/Product/8123450032770
20261125-0348-9j5b  Black t…                       7  …ify/Product/8123450032771
`)
	for _, width := range []int{1, 20, 40, 60, 100} {
		for line := range strings.Lines(drawn(t, width, columns, rows)) {
			if got := WidthOf(strings.TrimSuffix(line, "\n")); got > width {
				t.Errorf("width %d: %q takes %d columns", width, line, got)
			}
		}
	}
}

func TestCutFront(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"tea", 3, "tea"}, {"teas", 3, "…as"}, {"緑茶", 4, "緑茶"}, {"緑茶", 3, "…茶"}, {"緑茶", 2, "…"}, {"", 5, ""},
	} {
		if got := cutFront(c.text, c.columns); got != c.want {
			t.Errorf("cutFront(%q, %d) = %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

// A row is a line of its own that fits, whatever stands in it.
// hazard T11, U6
func TestHostileTable(t *testing.T) {
	var rows [][]string
	for _, text := range append(hostile.OnTerminals(t), "", strings.Repeat("tea ", 250_000)) {
		rows = append(rows, []string{text, text, "7"})
	}
	for _, width := range []int{20, 80, 400} {
		lines := strings.Split(strings.TrimSuffix(drawn(t, width, teaColumns, rows), "\n"), "\n")
		if len(lines) != len(rows)+1 {
			t.Errorf("width %d: %d rows became %d lines", width, len(rows), len(lines)-1)
		}
		for _, line := range lines {
			if WidthOf(line) > width {
				t.Errorf("width %d: %q takes %d columns", width, line, WidthOf(line))
			}
		}
	}
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
