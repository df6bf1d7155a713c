package cmd

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// Whatever another program wrote into the state file, no token, secret or code goes
// to another host than the connected shop's: not to a stranger, not to a name that
// looks like a shop's, not to another shop. What is said then leads back.
//
// hazard H1, S13
func TestAlteredDomainGetsNothing(t *testing.T) {
	for _, c := range []struct{ domain, tables string }{
		{"evil.example", "connectors"},
		{"tea-and-cups.myshopify.com.evil.example", "connectors accounts"},
		{"other-shop.myshopify.com", "connectors accounts"},
	} {
		t.Run(c.domain, func(t *testing.T) {
			var sql string
			for table := range strings.FieldsSeq(c.tables) {
				sql += "UPDATE " + table + " SET domain = '" + c.domain + "';"
			}
			alteredDomainGetsNothing(t, c.domain, sql)
		})
	}
}

func alteredDomainGetsNothing(t *testing.T, domain, sql string) {
	var mu sync.Mutex
	var met []string
	d := newDeskWith(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Host == domain && r.Method != http.MethodHead { // doctor asks a shop for the time
				mu.Lock()
				met = append(met, r.Method+" "+r.URL.Path)
				mu.Unlock()
			}
			next.ServeHTTP(w, r)
		})
	}, sandboxtest.DefaultShop(), sandboxtest.NewShop("other-shop.myshopify.com", "Other", "EUR"))
	d.server.Install(teaShop)
	d.server.Install("other-shop.myshopify.com")
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	d.server.ExpireTokens(teaShop)
	if err := execSQL(d.statePath(), sql); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]int{
		"import preview": exit.Failed, "import run --yes": exit.Failed, "reconcile": exit.Failed, "status --probe": exit.Failed,
		"doctor": exit.Failed, "disconnect shopify --store main --yes": exit.Failed, "disconnect shopify --store main --yes --uninstall": exit.Failed,
		"connect shopify --auth client-credentials": 0, "connect shopify --auth browser --timeout 200ms": 0,
		"connect shopify --auth client-credentials --shop tea-and-cups": exit.Failed,
		"connect shopify --auth browser --shop tea-and-cups":            exit.Failed,
	} {
		printed, told, status := d.run(strings.Fields(line)...)
		if line == "doctor" && (strings.Contains(printed, "--shop "+domain) || !strings.Contains(printed, "--local --store main && eshopctl connect shopify --store main\n")) {
			t.Errorf("the cure leads to a stranger, or nowhere:\n%s", printed)
		}
		if want == 0 && domain != "other-shop.myshopify.com" {
			want = exit.Usage // the domain that is on record is no shop's
		} else if want == 0 {
			want = exit.Failed
		}
		if status != want || want == exit.Failed && line != "doctor" && !strings.Contains(told, "eshopctl disconnect shopify --store main --local") {
			t.Errorf("%s: exit status %d, want %d\n%s", line, status, want, told)
		}
	}
	if len(met) > 0 {
		t.Errorf("%s was asked: %v", domain, met)
	}
	d.mustRun("disconnect", "shopify", "--store", "main", "--local", "--yes")
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	d.mustRun("import", "run", "--yes")
}
