package view

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// The tables of a run have no figure for what it did not look at, and its last line
// claims nothing of it.
func TestARunShowsWhatItDidNotRead(t *testing.T) {
	check(t, shown(t, func(v View) error { return v.Tell(Run{runs.Part(), plain.EachOf[importer.Remark](nil)}) }), `
import 20261124-1158-k3f9 of store main  succeeded
  tea.myshopify.com, reader paged, plan 20261124-1155-aaaa
  started 2 minutes ago (2026-11-24 11:58 UTC), took 3.2 s

                   read  created  updated  unchanged
  products            5        0        0          5
  variants            0        0        0          0
  media               0        0        0          0
  categories          0        0        0          0
  memberships         0        0        0          0
  warehouses   not read
  stock        not read

  not read      warehouses: left out on purpose
                stock: the shop does not grant read_inventory

  Nothing had to be changed in products and categories. Not read: warehouses, stock.
`)
	if text := shown(t, func(v View) error { return v.Tell(Run{runs.Dead(), plain.EachOf[importer.Remark](nil)}) }); strings.Contains(text, " 0 ") || !strings.Contains(text, "products, categories, warehouses, stock: the run ended before") {
		t.Error(text)
	}
}

// Lists have a column for it when one of their runs read a part, also in windows
// that are too narrow for the rest.
func TestListsOfRunsThatReadAPart(t *testing.T) {
	list := []importer.Run{runs.Part(), runs.Dead(), runs.Some()}
	check(t, shown(t, func(v View) error { return v.Tell(Runs(list)) }), `
run                 store  kind    status     read                  started         took  changes  rejected  warnings
20261124-1158-k3f9  main   import  succeeded  products, categories  2 minutes ago  3.2 s        0         0         0
20261124-1158-k3f9  main   import  failed     nothing               2 minutes ago  3.2 s
20261124-1158-k3f9  main   import  partial    all                   2 minutes ago  3.2 s        4         1         5
3 runs
`)
	narrow := shown(t, func(v View) error { v.Width = 60; return v.Tell(Runs(list)) })
	if !strings.Contains(narrow, "products, ca") || !strings.Contains(narrow, "nothing") {
		t.Error(narrow)
	}
	if whole := shown(t, func(v View) error { return v.Tell(Runs(list[2:])) }); strings.Contains(whole, " read ") {
		t.Error(whole)
	}
	part, dead := runs.Part(), runs.Dead()
	stores := shown(t, func(v View) error {
		return v.Tell(Stores([]StoreOutcome{{Store: "main", Run: &part}, {Store: "outlet", Run: &dead, Exit: 4, Error: &importer.RunError{Code: "scope_missing", Message: "no", Next: connector.Typed("b").After("a\n")}}}))
	})
	for _, want := range []string{
		"  main    20261124-1158-k3f9  succeeded  products, categories  3.2 s        0         0         0     0\n",
		"  outlet  20261124-1158-k3f9  failed     nothing               3.2 s                                  4\n",
		"  main  not read: warehouses: left out on purpose; stock: the shop does not grant read_inventory\n",
		"    next\n      a\n        eshopctl b\n",
	} {
		if !strings.Contains(stores, want) {
			t.Errorf("no %q in\n%s", want, stores)
		}
	}
}

// A table that the program of one of two runs did not have is not compared in silence.
func TestRunsAreComparedButForTablesThatCameLater(t *testing.T) {
	first, second := runs.Some(), runs.Some()
	if err := first.Counts.UnmarshalJSON([]byte(`{"products":{"read":2},"variants":{"read":4}}`)); err != nil {
		t.Fatal(err)
	}
	c := Comparison{First: first, Second: second, NewKept: true, GoneKept: true}
	text := shown(t, func(v View) error { return v.Tell(c) })
	if !strings.Contains(text, "  media not read in the first\n") || strings.Contains(text, "products not read") {
		t.Error(text)
	}
}

// Two runs are compared in what both looked at.
func TestRunsAreComparedInWhatBothRead(t *testing.T) {
	whole := runs.Some()
	for name, want := range map[string][]string{
		"a part": {"warehouses not read in the second", "stock not read in the second", "products  read"},
		"none":   {"products not read in the second", "stock not read in the second"},
	} {
		second := runs.Part()
		if name == "none" {
			second = runs.Dead()
		}
		c := Comparison{First: whole, Second: second, NewKept: true, GoneKept: true}
		text := shown(t, func(v View) error { return v.Tell(c) })
		for _, line := range want {
			if !strings.Contains(text, line) {
				t.Errorf("%s: no %q in\n%s", name, line, text)
			}
		}
		if strings.Contains(text, "warehouses  read") || strings.Contains(text, "are the same") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}
