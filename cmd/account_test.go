package cmd

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// listed are the lines of catalog -o jsonl.
func (d *counter) listed(table string) []map[string]any {
	d.Helper()
	var all []map[string]any
	for line := range strings.Lines(d.expect(exit.Done, "catalog "+table+" --store main -o jsonl").stdout) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			d.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

func missing(rows []map[string]any) (n int) {
	for _, row := range rows {
		if row["missing_since"] != nil {
			n++
		}
	}
	return n
}

// A store that goes to another shop is asked whether that is meant; one that
// comes back finds its records again.
func TestAccountChange(t *testing.T) {
	d := newCounter(t, sandboxtest.Generate(30))
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	products, warehouses := d.listed("products"), d.listed("warehouses")
	d.expect(exit.Done, "disconnect shopify --store main --yes")
	if n := len(d.listed("products")); n != len(products) {
		t.Errorf("%d products after the disconnect", n)
	}

	d.expect(exit.Done, "connect shopify --store main --shop "+sandboxtest.GeneratedDomain, "live")
	question := "this store holds 35 products of " + teaShop + "; 0 of " + sandboxtest.GeneratedDomain + "'s ids match: is this the right shop?"
	d.expect(exit.Done, "import preview --store main", question)
	d.expect(exit.Failed, "doctor --store main", "imported from "+teaShop, "--account-change")
	d.expect(exit.Guard, "import run --store main --yes", question, "--account-change")
	if n := missing(d.listed("products")); n != 0 {
		t.Errorf("%d products are missing before it was meant", n)
	}
	d.expect(exit.Guard, "import run --store main --yes --account-change --max-missing 50%", "it would mark missing 35 of 35 products")
	d.expect(exit.Done, "import run --store main --yes --account-change")
	both := d.listed("products")
	if len(both) != len(products)+30 || missing(both) != len(products) {
		t.Errorf("%d products, %d of them missing", len(both), missing(both))
	}
	d.expect(exit.Done, "import run --store main --yes") // settled

	d.expect(exit.Done, "disconnect shopify --store main --yes")
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes --account-change")
	again := d.listed("products")
	if len(again) != len(both) || missing(again) != 30 {
		t.Errorf("back: %d products, %d of them missing", len(again), missing(again))
	}
	if n := len(d.listed("warehouses")); n != len(warehouses)+4 {
		t.Errorf("%d warehouses, want %d of the first shop and 4 of the other", n, len(warehouses))
	}
}

// saying has the shop say something else about itself.
func (d *counter) saying(old, new string) {
	d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !strings.HasSuffix(r.URL.Path, "/graphql.json") {
			next.ServeHTTP(w, r)
			return
		}
		said := httptest.NewRecorder()
		next.ServeHTTP(said, r)
		maps.Copy(w.Header(), said.Header())
		w.Header().Del("Content-Length")
		w.WriteHeader(said.Code)
		io.WriteString(w, strings.ReplaceAll(said.Body.String(), old, new))
	}
}

// A domain that leads to another shop is noticed before anything is read or kept.
//
// hazard O6
func TestAnotherShopAnswers(t *testing.T) {
	d := newCounter(t)
	d.saying(teaShop, "vanity.myshopify.com")
	d.expect(exit.Connect, connectTea, teaShop, "next: eshopctl connect shopify --store main --shop vanity.myshopify.com")
	d.standing("main", "failed", "wrong_shop", "red")

	d.intercept = nil
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	before := d.listed("products")
	d.saying(d.shop.ID(), "gid://shopify/Shop/999")
	d.expect(exit.Done, "status --probe", "now belongs to another shop", "gid://shopify/Shop/999")
	d.standing("main", "live", "", "red")
	d.expect(exit.Failed, "doctor", "gid://shopify/Shop/999")
	d.expect(exit.Connect, "import run --store main --yes", "disconnect shopify --store main")
	d.expect(exit.Connect, connectTea, "now belongs to another shop")
	if last := d.card("main", "")["last_attempt"].(map[string]any); last["reason"] != "account_changed" {
		t.Errorf("%v", last)
	}
	if diff := cmp.Diff(before, d.listed("products")); diff != "" {
		t.Error(diff)
	}
	d.intercept = nil
	d.expect(exit.Done, "status --probe", "live")
	d.expect(exit.Done, connectTea)
	d.standing("main", "live", "", "green")
}

// What the shop does not grant is refused as soon as it was asked what it grants, with
// the scope and the command that mends it.
//
// hazard O26, N10
func TestScopeIsMissing(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.server.SetGrantedScopes(teaShop, []string{"write_products", "read_locations"}) // who may write may read
	d.expect(exit.Done, "status --probe", "read_inventory", "connect again")
	d.standing("main", "live", "scope_missing", "yellow")
	asked := len(d.server.Requests())
	d.expect(exit.Connect, "import preview --store main --only stock", "read_inventory", "eshopctl connect shopify --store main --shop "+teaShop)
	if n := len(d.server.Requests()) - asked; n != 1 {
		t.Errorf("%d requests", n)
	}
	d.expect(exit.Done, "import run --store main --only products,categories,warehouses --yes")

	d.server.SetGrantedScopes(teaShop, []string{"read_products"}) // found by a run
	d.expect(exit.Connect, "import preview --store main --only warehouses", "read_locations")
	d.standing("main", "live", "scope_missing", "yellow")
	if capabilities, _ := json.Marshal(d.card("main", "")["capabilities"]); string(capabilities) != `["products","categories"]` {
		t.Errorf("%s", capabilities)
	}
}

// An import whose store is disconnected meanwhile, or connected anew, stops and
// writes nothing.
//
// hazard S16
func TestDisconnectedWhileReading(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	before := d.listed("variants")
	if err := d.shop.SetPrice("POT-1", "99.00"); err != nil {
		t.Fatal(err)
	}
	for at, meanwhile := range map[int64][]string{
		2: {"disconnect shopify --store main --yes --local"},
		3: {"disconnect shopify --store main --yes --local", connectTea},
		4: {"disconnect shopify --store main --yes"},
	} {
		d.expect(exit.Done, connectTea)
		var asked atomic.Int64
		d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasSuffix(r.URL.Path, "/graphql.json") && asked.Add(1) == at {
				for _, line := range meanwhile {
					if got := d.run(line); got.ended != exit.Done {
						t.Errorf("%s: %s", line, got.stderr)
					}
				}
			}
			next.ServeHTTP(w, r)
		}
		d.expect(exit.Connect, "import run --store main --yes")
		d.intercept = nil
		if diff := cmp.Diff(before, d.listed("variants")); diff != "" {
			t.Errorf("%v: %s", meanwhile, diff)
		}
	}
}

// Each shop that cannot be reached by disconnect keeps its credentials and gets
// words of its own.
//
// hazard N11
func TestDisconnectTrouble(t *testing.T) {
	for words, test := range map[string]struct {
		change func(*counter, bool)
		reason string
	}{
		"is frozen or unpaid":   {func(d *counter, on bool) { d.shop.Freeze(on) }, "shop_unavailable"},
		"is locked by Shopify":  {func(d *counter, on bool) { d.shop.Lock(on) }, "shop_unavailable"},
		"is unknown to Shopify": {func(d *counter, on bool) { d.shop.Close(on) }, "shop_unavailable"},
		"refuses the request":   {func(d *counter, on bool) { d.shop.Forbid(on) }, "refused"},
	} {
		for _, expired := range []bool{false, true} {
			d := newCounter(t)
			d.expect(exit.Done, connectTea)
			if expired {
				d.server.ExpireTokens(teaShop)
			}
			test.change(d, true)
			d.expect(exit.Connect, "disconnect shopify --store main --yes", words, "disconnect shopify --store main --local")
			d.standing("main", "live", test.reason, "red")
			test.change(d, false)
			d.expect(exit.Done, "status --probe", "live")
			d.standing("main", "live", "", "green")
			d.expect(exit.Done, "disconnect shopify --store main --yes")
			d.standing("main", "inactive", "disconnected", "grey")
			if d.server.Installed(teaShop) {
				t.Errorf("%s: the app is still there", words)
			}
		}
	}
}
