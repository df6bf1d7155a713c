package cmd

import (
	"bytes"
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// Eight processes at once look, preview, run and renew the token on one state
// file, while the shop changes. Each does its work or says that another one is
// at it; none is logged out, and each token that ended was renewed once at most.
//
// hazard P12, S14
func TestCrowd(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandbox.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	d.mustRun("import", "run", "--store", "main", "--yes")
	seen := 0
	d.renewals(&seen)
	end := time.Now().Add(time.Duration(campaign.Of(t, "seconds", 2, 4, 60)) * time.Second)
	var group sync.WaitGroup
	var processes atomic.Int32
	for range 8 {
		group.Go(func() {
			for time.Now().Before(end) {
				processes.Add(1)
				d.oneOfTheCrowd()
			}
		})
	}
	ended := 0
	for ; time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		d.server.ExpireTokens(teaShop)
		ended++
		if err := d.shop.SetPrice("POT-1", []string{"41.00", "42.00"}[ended%2]); err != nil {
			t.Error(err)
		}
	}
	group.Wait()
	t.Logf("%d processes", processes.Load())
	if n := d.renewals(&seen); n == 0 || n > ended {
		t.Errorf("%d renewals of a token that ended %d times", n, ended)
	}
	d.mustRun("import", "run", "--store", "main", "--yes")
	if again := d.mustRun("import", "run", "--store", "main", "--yes"); !strings.Contains(again, "Nothing had to be changed") {
		t.Errorf("it does not come to rest: %s", again)
	}
	if card := d.mustRun("status", "--store", "main", "--probe", "-o", "json"); !strings.Contains(card, `"connection": "green"`) {
		t.Error(card)
	}
	assertInvariants(t, d.home)
}

// oneOfTheCrowd is one process that does any of what people and jobs do.
func (d *desk) oneOfTheCrowd() {
	line := []string{
		"status", "status --probe", "import preview --store main", "import preview --store main --reader bulk", "import run --store main --yes", "runs list",
	}[rand.N(6)]
	command := d.command(strings.Fields(line)...)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	err := command.Run()
	exit, failed := err.(*exec.ExitError)
	switch {
	case err == nil, failed && exit.ExitCode() == exitLocked && strings.Contains(said.String(), "another run is at work"):
	default:
		d.t.Errorf("%s: %v\n%s", line, err, said.String())
	}
	if strings.Contains(said.String(), "database is locked") {
		d.t.Errorf("%s: %s", line, said.String())
	}
}
