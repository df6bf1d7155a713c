package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestAllStores goes through what is done in every store at once: failures stay
// apart, and the worst of them is the exit status.
func TestAllStores(t *testing.T) {
	t.Parallel()
	shops := []*sandboxtest.Shop{sandboxtest.DefaultShop(), sandboxtest.Generate(40), sandboxtest.NewShop("third-shop.myshopify.com", "Third", "EUR")}
	desk := newDeskWith(t, nil, shops...)
	for i, store := range []string{"main", "outlet", "third"} {
		desk.mustRun("connect", "shopify", "--store", store, "--shop", shops[i].Domain(), "--auth", "browser")
	}
	if ended, out := desk.exits("import", "run", "--all-stores"); ended != exit.Usage || !strings.Contains(out, "it needs --yes") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	if ended, out := desk.exits("import", "preview", "--all-stores", "--parallel", "2", "--exit-code"); ended != exit.Different ||
		!strings.Contains(out, "3 stores: 3 done;") || !strings.Contains(out, "main: succeeded. 315 changes would be written") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	if runs := desk.mustRun("runs", "list", "--kind", "import", "-o", "jsonl"); runs != "" {
		t.Errorf("previews imported: %s", runs)
	}

	// one shop is frozen; the others are imported all the same
	shops[1].Freeze(true)
	metrics := filepath.Join(t.TempDir(), "stores.prom")
	ended, out := desk.exits("import", "run", "--all-stores", "--yes", "--metrics-file", metrics)
	if ended != exit.Connect || !strings.Contains(out, "3 stores: 2 done, 1 failed; 315 changes written.") || !strings.Contains(out, "outlet  shop_unavailable: ") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	written, err := os.ReadFile(metrics)
	if err != nil || !strings.Contains(string(written), `store="main"`) || !strings.Contains(string(written), `store="outlet"`) {
		t.Errorf("%v: %s", err, written)
	}
	shops[1].Freeze(false)

	// for programs; a store that was disconnected on purpose is left out
	desk.mustRun("disconnect", "shopify", "--store", "third", "--yes")
	var document struct {
		Stores []struct {
			Store string
			Exit  int `json:"exit_status"`
			Run   *struct{ Status string }
			Error *struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(desk.mustRun("import", "run", "--all-stores", "--yes", "-o", "json")), &document); err != nil {
		t.Fatal(err)
	}
	if got := document.Stores; len(got) != 2 || got[1].Store != "outlet" || got[1].Run == nil || got[1].Run.Status != "succeeded" || got[1].Error != nil {
		t.Errorf("%+v", got)
	}
	if ended, out := desk.exits("reconcile", "--all-stores", "--exit-code"); ended != exit.Done {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	if ended, out := desk.exits("status", "--all-stores", "--probe", "--check"); ended != exit.Done || !strings.Contains(out, "third is left out") || !strings.Contains(out, "main: all lights are green") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	if ended, out := desk.exits("status", "--check"); ended != exit.NotGreen || !strings.Contains(out, "third: grey") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	for _, wrong := range []string{"import run latest --all-stores --yes", "status --all-stores --store main", "import preview --all-stores --parallel 0", "import preview --all-stores --changes"} {
		if ended, out := desk.exits(strings.Fields(wrong)...); ended != exit.Usage {
			t.Errorf("%s: exit status %d\n%s", wrong, ended, out)
		}
	}
	assertInvariants(t, desk.home)
}

// Settings that the configuration has for one store hold for that store only.
func TestAllStoresKeepTheirSettings(t *testing.T) {
	shops := []*sandboxtest.Shop{sandboxtest.DefaultShop(), sandboxtest.Generate(40)}
	desk := newDeskWith(t, nil, shops...)
	for i, store := range []string{"main", "outlet"} {
		desk.mustRun("connect", "shopify", "--store", store, "--shop", shops[i].Domain(), "--auth", "browser")
	}
	config := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(config, []byte("stores:\n  outlet:\n    max_create: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended, out := desk.exits("import", "run", "--all-stores", "--yes", "--config", config)
	if ended != exit.Guard || !strings.Contains(out, "main: succeeded") || !strings.Contains(out, "outlet  guard_tripped") {
		t.Errorf("exit status %d\n%s", ended, out)
	}

	// what is wrong with those of one is told of that one, and the other goes on
	if err := os.WriteFile(config, []byte("stores:\n  outlet:\n    bulk_patience: soon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended, out = desk.exits("import", "preview", "--all-stores", "--config", config)
	if ended != exit.Usage || !strings.Contains(out, "main: succeeded") || !strings.Contains(out, "outlet  usage: bulk_patience in line 3 of ") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
}

// They hold as well where the store is not named: for the only one, and for the
// store of a plan.
func TestSettingsOfAStoreThatIsNotNamed(t *testing.T) {
	shops := []*sandboxtest.Shop{sandboxtest.DefaultShop(), sandboxtest.Generate(40)}
	desk := newDeskWith(t, nil, shops...)
	config := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(config, []byte("max_create: 2000\nstores:\n  main:\n    max_create: 3\n  outlet:\n    max_create: 4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", shops[0].Domain(), "--auth", "browser")
	if ended, out := desk.exits("import", "run", "--yes", "--config", config); ended != exit.Guard || !strings.Contains(out, "--max-create is 3") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
	desk.mustRun("connect", "shopify", "--store", "outlet", "--shop", shops[1].Domain(), "--auth", "browser")
	plan := runIDs(desk.mustRun("import", "preview", "--store", "outlet"))[0]
	if ended, out := desk.exits("import", "run", plan, "--yes", "--config", config); ended != exit.Guard || !strings.Contains(out, "--max-create is 4") {
		t.Errorf("exit status %d\n%s", ended, out)
	}
}

// exits runs the program and gives its exit status and all that it printed.
func (d *desk) exits(args ...string) (int, string) {
	d.t.Helper()
	printed, complained, status := d.run(args...)
	return status, complained + printed
}
