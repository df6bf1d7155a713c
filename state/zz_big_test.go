package state

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

func rss() string {
	b, _ := os.ReadFile("/proc/self/status")
	for _, l := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(l, "VmHWM") {
			return strings.TrimSpace(l[6:])
		}
	}
	return ""
}

func TestBig(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("BIG"))
	if n == 0 {
		t.Skip()
	}
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	shop := newShelf(1)
	shop.id = "gid://shopify/Shop/1"
	b := newBench(t, shop)
	b.now = time.Now()
	if f := os.Getenv("PROF"); f != "" {
		w, _ := os.Create(f)
		pprof.StartCPUProfile(w)
		defer pprof.StopCPUProfile()
	}
	step := func(name string, edition int, apply bool) {
		ctx := context.Background()
		c := catalogue{n, 4, edition}
		t0 := time.Now()
		catalog, err := b.db.Catalog(ctx, b.link)
		if err != nil {
			t.Fatal(err)
		}
		run := b.db.NewRun(importer.KindPreview, "main", "shopify", b.link.Domain, b.link.AccountID)
		if err := b.db.Begin(ctx, run); err != nil {
			t.Fatal(err)
		}
		pv := importer.Previewer{Source: c, Workspace: b.db, Report: importer.Silent{}, Now: b.clock,
			Planner: importer.Planner{Catalog: catalog, Workspace: b.db, Report: importer.Silent{}, Now: b.clock}}
		snap, err := pv.Read(ctx, &run, b.link, connector.Resources())
		if err != nil {
			t.Fatal(err)
		}
		t1 := time.Now()
		plan, err := pv.Planner.Plan(ctx, run.ID, b.link, snap, importer.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		t2 := time.Now()
		if apply {
			if _, err := b.apply(plan); err != nil {
				t.Fatal(err)
			}
		}
		t3 := time.Now()
		if err := b.db.Prune(ctx, "main", 20); err != nil {
			t.Fatal(err)
		}
		t4 := time.Now()
		fmt.Printf("%-10s read %v plan %v apply %v prune %v: writes %d, warnings %d  %s\n", name, t1.Sub(t0), t2.Sub(t1), t3.Sub(t2), t4.Sub(t3), plan.Counts.Writes(), plan.Warnings, rss())
	}
	step("first", 0, true)
	step("rerun", 0, true)
	step("changed", 1, true)
	step("rerun", 1, false)
}
