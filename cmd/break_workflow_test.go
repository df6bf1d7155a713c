package cmd

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// workflow lives through weeks of a store in which everything is killed now and
// then: at a random moment of a random command, which is then typed again. What was
// noted of one week is what the next begins with.
//
// hazard P1, P26, P27
func (b *breaker) workflow(t *testing.T) {
	times := campaign.Of(t, "kills", 4, 12, 400)
	d := b.desk(t, sandboxtest.DefaultShop())
	typing(connectMain, runMain)(d)
	random := rand.New(rand.NewPCG(5, 6))
	commands := []string{
		connectMain, "status --probe", "import preview --store main --reader bulk", runMain, runMain + " --reader bulk", runMain + " latest",
		"reconcile --store main", "runs prune --store main --keep 2", "warehouses list", "disconnect shopify --store main --yes",
	}
	took := map[string]time.Duration{}
	killed := 0
	for i := range times {
		line := commands[random.IntN(len(commands))]
		d.happens(random)
		began := time.Now()
		command := d.command(strings.Fields(line)...)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(max(took[line], 100*time.Millisecond)))))
		_ = command.Process.Kill() // it may have ended
		_ = command.Wait()
		if command.ProcessState.ExitCode() == -1 {
			killed++
			b.count("times killed anywhere in the workflow")
		} else {
			took[line] = time.Since(began)
		}
		assertUnharmed(t, d.home)
		d.goesOn(line)
		assertInvariants(t, d.home)
		if t.Failed() {
			t.Fatalf("step %d: %s", i, line)
		}
	}
	if killed < times/4 {
		t.Errorf("only %d of %d were killed", killed, times)
	}
	d.mustRun(strings.Fields(runMain)...)
	d.assertStock()
	d.assertConverged()
	d.assertInvariants()
}

// happens is what merchants do, and time.
func (d *desk) happens(random *rand.Rand) {
	d.t.Helper()
	switch random.IntN(3) {
	case 0:
		expired(d)
	case 1:
		if err := d.shop.SetPrice("POT-1", strconv.Itoa(random.IntN(90)+1)+".00"); err != nil {
			d.t.Fatal(err)
		}
	}
}

// goesOn types the command again, or what it says has to be typed before: a killed
// connect or disconnect may have left the store without a connection.
func (d *desk) goesOn(line string) {
	d.t.Helper()
	for range 3 {
		_, told, status := d.run(strings.Fields(line)...)
		switch {
		case status == exit.Done:
			if strings.HasPrefix(line, "disconnect") {
				d.mustRun(strings.Fields(connectMain)...)
			}
			return
		case status == exit.Connect:
			d.mustRun(strings.Fields(connectMain)...)
		case status == exit.Stale, status == exit.Usage && strings.Contains(line, "latest"): // there is no plan, or an old one
			d.mustRun("import", "preview", "--store", "main")
		default:
			d.t.Errorf("%s again: exit status %d\n%s", line, status, told)
			return
		}
	}
	d.t.Errorf("%s does not come to an end", line)
}
