package cmd

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// Another shop than the connected one, and another currency, stop every import
// before anything is written, and say why.
func TestAnotherShopOrCurrencyIsStopped(t *testing.T) {
	shop := sandboxtest.DefaultShop()
	var impostor atomic.Bool
	desk := newDeskWith(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			body := answer.Body.Bytes()
			if impostor.Load() {
				body = bytes.ReplaceAll(body, []byte(shop.ID()), []byte("gid://shopify/Shop/1"))
			}
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.Header().Del("Content-Length")
			w.WriteHeader(answer.Code)
			_, _ = w.Write(body)
		})
	}, shop)
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", shop.Domain(), "--auth", "browser")
	desk.mustRun("import", "run", "--store", "main", "--yes")
	want := desk.digest()
	imports := [][]string{{"import", "preview", "--store", "main"}, {"import", "run", "--store", "main", "--yes"}}

	currency := func(c string) { shop.Identify(func(i *sandboxtest.ShopIdentity) { i.Currency = c }) }
	currency("USD")
	desk.mustRun("status", "--store", "main", "--probe") // looking does not make it right
	for _, args := range imports {
		if _, told, status := desk.run(args...); status != exit.Guard || !strings.Contains(told, "currency changed from GBP to USD") || !saysWhatIsNext(told) {
			t.Errorf("%v in another currency: exit status %d\n%s", args, status, told)
		}
	}
	currency("GBP")
	impostor.Store(true)
	for _, args := range imports {
		if _, told, status := desk.run(args...); status != exit.Connect || !strings.Contains(told, "gid://shopify/Shop/1") || !saysWhatIsNext(told) {
			t.Errorf("%v of another shop: exit status %d\n%s", args, status, told)
		}
	}
	impostor.Store(false)
	if desk.digest() != want {
		t.Error("the catalogue was written")
	}

	// a currency that was meant is taken once the store is connected again
	currency("USD")
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", shop.Domain(), "--auth", "browser")
	if printed := desk.mustRun("import", "run", "--store", "main", "--yes"); !strings.Contains(printed, "succeeded") {
		t.Errorf("after connecting again:\n%s", printed)
	}
	if printed := desk.mustRun("catalog", "variants", "--store", "main", "--search", "POT-1", "-o", "jsonl"); !strings.Contains(printed, `"currency":"USD"`) {
		t.Errorf("the catalogue has %s", printed)
	}
}
