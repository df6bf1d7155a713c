package cmd

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
)

// A plan, and what a run that was cut off had read, are of no age that is known when
// the clock was wrong: neither is taken for fresh. The next good import replaces what
// was read in the future, although its time is the smaller one.
func TestAClockThatWasWrong(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	const hours = 48
	d.now = func() time.Time { return time.Now().Add(hours * time.Hour) }
	d.expect(exit.Done, "import run --store main --yes")
	planned := d.expect(exit.Done, "import preview --store main -o json")
	d.now = time.Now
	if age := d.ageOf("stock"); age > -(hours-1)*3600 {
		t.Fatalf("the data is %d seconds old", age)
	}
	var preview importer.Run
	if err := json.Unmarshal([]byte(planned.stdout), &preview); err != nil {
		t.Fatal(err)
	}
	d.expect(exit.Stale, "import run --store main --yes "+preview.ID, "it was made in the future", "the clock of this machine")
	d.expect(exit.Done, "import run --store main --only products,stock --yes")
	if age := d.ageOf("stock"); age < 0 || age > 60 {
		t.Errorf("after a good import stock is %d seconds old", age)
	}
	if age := d.ageOf("categories"); age > -(hours-1)*3600 {
		t.Errorf("categories were not read, and are %d seconds old now", age)
	}
	d.expect(exit.Done, "import run --store main --yes")
	if age := d.ageOf("categories"); age < 0 || age > 60 {
		t.Errorf("after a good import of all, categories are %d seconds old", age)
	}
}

// ageOf is how old the data of a resource is, in seconds, as status tells.
func (d *counter) ageOf(resource string) int {
	d.Helper()
	freshness, _ := d.card("main", "")["freshness"].(map[string]any)
	of, _ := freshness[resource].(map[string]any)
	age, ok := of["age_seconds"].(float64)
	if !ok {
		d.Fatalf("no age of %s in %v", resource, freshness)
	}
	return int(age)
}

// The shop is asked who it is and what it grants once for each run, before anything
// is read.
func TestTheShopIsAskedOnce(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	for _, line := range []string{
		"import run --store main --yes", "import preview --store main", "reconcile --store main --reader bulk",
		"import preview --store main --only stock --reader paged", "explain stock POT-1 --store main",
	} {
		before := len(d.server.Requests())
		d.expect(exit.Done, line)
		asked := 0
		for i, request := range d.server.Requests()[before:] {
			if request.Operation == "EshopShop" {
				asked++
			} else if i == 0 && strings.HasSuffix(request.Path, "/graphql.json") {
				t.Errorf("%s: first asks for %s", line, request.Operation)
			}
		}
		if asked != 1 {
			t.Errorf("%s: the shop was asked %d times who it is", line, asked)
		}
	}
}

// A scope that the shop takes away in the middle of a read, at whatever request, is
// told as one that is missing, and the next run is told at once.
func TestAScopeThatGoesWhileTheShopIsRead(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	for scope, reader := range map[string]string{"read_inventory": "paged", "read_locations": "bulk", "read_products": "paged"} {
		for at, ended := int64(2), false; !ended && at < 40; at += 3 {
			var asked atomic.Int64
			d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				if strings.HasSuffix(r.URL.Path, "/graphql.json") && asked.Add(1) == at { // the first asked what is granted
					if err := d.server.Flip(teaShop, "take-scope="+scope); err != nil {
						t.Error(err)
					}
				}
				next.ServeHTTP(w, r)
			}
			got := d.run("import preview --store main -o json --reader " + reader)
			d.intercept = nil
			ended = got.ended == exit.Done // all that needs the scope was read by then
			var run importer.Run
			if err := json.Unmarshal([]byte(got.stdout), &run); err != nil || !ended && (got.ended != exit.Connect || !lacks(run, scope)) {
				t.Errorf("%s at request %d: exit status %d, %v, %+v\n%s", scope, at, got.ended, err, run.NotRead, got.stderr)
			}
			if !ended {
				d.expect(exit.Connect, "reconcile --store main", "does not grant "+scope)
			}
			if err := d.server.Flip(teaShop, "give-scope="+scope); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// lacks reports whether a run says of all that needs a scope, and of nothing else,
// that it is missing.
func lacks(run importer.Run, scope string) bool {
	for _, n := range run.NotRead {
		needs := slices.Contains(shopify.Platform().Scopes[connector.Resource(n.Resource)], scope)
		if needs != (n.Why == importer.WhyScope) {
			return false
		}
	}
	return len(run.NotRead) == len(connector.Resources())
}

// The question of a run of a part names what was not looked at.
func TestTheQuestionNamesWhatWasNotRead(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.terminal, d.stdin = true, "n\n"
	got := d.run("import run --store main --only products")
	if !strings.Contains(got.stderr, "not read      categories, warehouses, stock: left out on purpose") || !strings.Contains(got.stderr, "[y/N]") {
		t.Errorf("exit status %d\n%s", got.ended, got.stderr)
	}
}
