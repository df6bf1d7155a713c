package cmd

import (
	"bytes"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// Eight processes at once look, preview, run and renew the token on one state
// file, while the shop changes. Each does its work or says that another one is
// at it; none is logged out, and each token that ended was renewed once at most.
// A token ends once each of the eight has ended a command since the last one
// ended: no command meets two of them, however slow the machine is.
//
// hazard P12, S14
func TestCrowd(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	d.mustRun("import", "run", "--store", "main", "--yes")
	seen := 0
	d.renewals(&seen)
	times := campaign.Of(t, "tokens that end", 2, 6, 100)
	processes, ended := 0, 0
	since := map[int]bool{}
	d.crowd(8, func(member int) (again bool) {
		processes++
		if since[member] = true; len(since) == 8 {
			clear(since)
			d.server.ExpireTokens(teaShop)
			ended++
			if err := d.shop.SetPrice("POT-1", []string{"41.00", "42.00"}[ended%2]); err != nil {
				t.Error(err)
			}
		}
		return ended < times
	})
	t.Logf("%d processes", processes)
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

// crowd has so many at work at once, each with one command after the other for as long as
// it is to do another. It asks for one at a time.
func (d *desk) crowd(members int, again func(member int) bool) {
	ended := make(chan int)
	work := func(member int) { d.oneOfTheCrowd(); ended <- member }
	for member := range members {
		go work(member)
	}
	for at := members; at > 0; {
		if member := <-ended; again(member) {
			go work(member)
		} else {
			at--
		}
	}
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
	ended, failed := err.(*exec.ExitError)
	switch {
	case err == nil, failed && ended.ExitCode() == exit.Locked && strings.Contains(said.String(), "another run is at work"):
	default:
		d.t.Errorf("%s: %v\n%s", line, err, said.String())
	}
	if strings.Contains(said.String(), "database is locked") {
		d.t.Errorf("%s: %s", line, said.String())
	}
}
