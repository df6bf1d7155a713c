package cmd

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// renewals is how often the token endpoint was asked since the last look.
func (d *desk) renewals(seen *int) int {
	all := 0
	for _, request := range d.server.Requests() {
		if strings.HasSuffix(request.Path, "/access_token") {
			all++
		}
	}
	fresh := all - *seen
	*seen = all
	return fresh
}

// Eight processes of the operating system at once on an expired token cause one
// renewal and no logout, whether they know that it has ended or are told so.
//
// hazard S14
func TestRenewalOfManyProcesses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	seen := 0
	d.renewals(&seen)
	for round, expire := range []func(){
		func() { d.server.ExpireTokens(teaShop) },
		func() {
			d.server.ExpireTokens(teaShop)
			if err := execSQL(filepath.Join(d.home, ".local", "state", "eshopctl", "state.db"),
				"UPDATE connectors SET token_expires_at = '2026-01-01T00:00:00Z', renew_at = '2026-01-01T00:00:00Z'"); err != nil {
				t.Fatal(err)
			}
		},
		func() { d.server.ExpireTokens(teaShop) },
	} {
		expire()
		var group sync.WaitGroup
		for range 8 {
			command := d.command("status", "--store", "main", "--probe", "-o", "json")
			group.Go(func() {
				out, err := command.CombinedOutput()
				if err != nil || !strings.Contains(string(out), `"connection": "green"`) {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
		group.Wait()
		if n := d.renewals(&seen); n != 1 {
			t.Errorf("round %d: %d renewals", round, n)
		}
	}
	assertInvariants(t, d.home)
}

// A token that ends in the middle of a read, at whichever request, is renewed
// and nobody notices.
//
// hazard N8
func TestRenewalWhileReading(t *testing.T) {
	for _, reader := range []string{"paged", "bulk"} {
		t.Run(reader, func(t *testing.T) {
			t.Parallel()
			d := newCounter(t)
			d.expect(exit.Done, connectTea)
			d.expect(exit.Done, "import run --store main --yes")
			d.renewalAtEachRequest(reader)
			d.standing("main", "live", "", "green")
		})
	}
}

// renewalAtEachRequest reads again and again, and lets the token end before
// another request each time.
func (d *counter) renewalAtEachRequest(reader string) {
	every := 100 / int64(campaign.Of(d.T, "in a hundred requests", 25, 100, 100))
	for after := int64(1); ; after += every {
		var asked atomic.Int64
		d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasSuffix(r.URL.Path, "/graphql.json") && asked.Add(1) == after {
				d.server.ExpireTokens(teaShop)
			}
			next.ServeHTTP(w, r)
		}
		before := d.tokenRequests()
		d.expect(exit.Done, "import preview --store main --exit-code --reader "+reader) // nothing would change
		if asked.Load() < after {
			return // every request had its turn
		}
		if n := d.tokenRequests() - before; n != 1 {
			d.Errorf("ended before request %d: %d renewals", after, n)
		}
	}
}

// When the answer to a renewal is lost, the same refresh token is used again, at
// once or by the next command, and nobody is logged out.
//
// hazard S15
func TestLostRenewals(t *testing.T) {
	t.Parallel()
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	for _, lost := range []int64{1, 3, 4} { // the program tries four times
		d.server.ExpireTokens(teaShop)
		var asked atomic.Int64
		d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasSuffix(r.URL.Path, "/access_token") && asked.Add(1) <= lost {
				next.ServeHTTP(httptest.NewRecorder(), r)
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		}
		got := d.run("import preview --store main")
		if lost < 4 && got.ended != exit.Done || lost == 4 && got.ended != exit.Temporary {
			t.Errorf("%d answers lost: exit %d\n%s", lost, got.ended, got.stderr)
		}
	}
	d.standing("main", "live", "", "red") // that one could not be reached
	d.expect(exit.Done, "import preview --store main")
	d.standing("main", "live", "", "green")
}

// Minted and permanent tokens that are refused twice end the install.
//
// hazard N9
func TestRefusedTwice(t *testing.T) {
	for way, prepare := range map[string]func(*counter){
		"client-credentials": func(d *counter) { d.shop.SameOrganisation(true) },
		"token":              func(d *counter) { d.settings["ESHOPCTL_SHOPIFY_ACCESS_TOKEN"] = d.server.AccessToken(teaShop) },
	} {
		d := newCounter(t)
		d.server.Install(teaShop)
		prepare(d)
		d.expect(exit.Done, connectTea+" --auth "+way)
		d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasSuffix(r.URL.Path, "/graphql.json") {
				w.WriteHeader(http.StatusUnauthorized)
				io.WriteString(w, `{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}`)
				return
			}
			next.ServeHTTP(w, r)
		}
		d.expect(exit.Connect, "import preview --store main", "no longer accepts the token", "--auth "+way)
		d.standing("main", "inactive", "token_rejected", "red")
		d.intercept = nil
		d.expect(exit.Done, "connect shopify --store main --auth "+way)
	}
}

// A provider keeps one renewable token per app and shop: the machine that
// connected first is told what happened and what else there is.
func TestAnotherMachineConnects(t *testing.T) {
	first := newDesk(t, sandboxtest.DefaultShop())
	connect := []string{"connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser"}
	first.mustRun(connect...)
	second := *first
	second.home = t.TempDir()
	second.mustRun(connect...)
	first.server.ExpireTokens(teaShop)
	second.mustRun("status", "--probe", "--store", "main")
	out, err := first.command("import", "preview", "--store", "main").CombinedOutput()
	if ended, ok := err.(*exec.ExitError); !ok || ended.ExitCode() != exit.Connect {
		t.Errorf("%v", err)
	}
	for _, text := range []string{"another machine", "--auth client-credentials", "--permanent-token"} {
		if !strings.Contains(string(out), text) {
			t.Errorf("does not say %q:\n%s", text, out)
		}
	}
	if card := first.mustRun("status", "-o", "json"); !strings.Contains(card, `"reason": "token_rejected"`) || !strings.Contains(card, `"state": "inactive"`) {
		t.Error(card)
	}
	second.mustRun("status", "--probe", "--store", "main")
}

// What ends soon is said in time, and what has ended is not shown as well.
func TestWhatEnds(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	today := time.Now()
	at := func(days int) { d.now = func() time.Time { return today.AddDate(0, 0, days) } }
	for days, light := range map[int]string{0: "green", 75: "green", 77: "yellow", 89: "yellow", 91: "red"} {
		at(days)
		if card := d.card("main", ""); card["lights"].(map[string]any)["connection"] != light {
			t.Errorf("the renewal after %d days: %v", days, card["lights"])
		}
	}
	at(77)
	d.expect(exit.Done, "status", "token_expiring", "connect shopify --store main")
	at(0)
	d.expect(exit.Done, connectTea+" --permanent-token", "permanent", "2027-01-01")
	d.now = func() time.Time { return shopify.Platform().Permanent.From.AddDate(0, 0, -15) }
	d.standing("main", "live", "", "green")
	d.now = func() time.Time { return shopify.Platform().Permanent.From.AddDate(0, 0, -13) }
	d.standing("main", "live", "token_expiring", "yellow")
	d.now = func() time.Time { return shopify.Platform().Permanent.From.AddDate(0, 0, 1) }
	d.standing("main", "live", "token_expiring", "yellow")
	d.expect(exit.Done, "status --probe", "live") // it works on, so that the app is no public one
	d.standing("main", "live", "", "green")
	d.shop.OnlyExpiring(true)
	d.expect(exit.Done, "status --probe", "Non-expiring access tokens")
	d.standing("main", "live", "refused", "red")
	d.shop.OnlyExpiring(false)
	d.expect(exit.Done, "status --probe")
	d.now = func() time.Time { return time.Date(2027, 9, 20, 0, 0, 0, 0, time.UTC) }
	d.standing("main", "live", "", "yellow") // the API version ends
	d.expect(exit.Done, "status", "install a newer eshopctl")
}
