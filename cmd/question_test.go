package cmd

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
)

// The question comes after what is to be written, and after the guards: nobody
// is asked about a plan that is stopped anyway.
func TestTheQuestion(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	if err := d.shop.SetPrice("POT-1", "42.00"); err != nil {
		t.Fatal(err)
	}
	d.expect(exit.Done, "import preview --store main")
	d.terminal, d.stdin = true, "n\n"
	for _, line := range []string{"import run --store main latest", "import run --store main"} {
		asked := d.expect(exit.Failed, line, "Write 1 change into store main? [y/N]", "look at each change", "nothing was changed")
		if strings.Contains(asked.stderr, "apply exactly this") {
			t.Errorf("%s tells what only another run could do:\n%s", line, asked.stderr)
		}
		stopped := d.expect(exit.Guard, line+" --max-update 0", "it would update 1 of 101 variants")
		if strings.Contains(stopped.stderr, "[y/N]") {
			t.Errorf("%s asks although it is stopped:\n%s", line, stopped.stderr)
		}
	}
	d.stdin = "y\n"
	d.expect(exit.Done, "import run --store main", "1 change written")
}
