package cmd

import (
	"strings"
	"testing"
)

// The question comes after what is to be written, and after the guards: nobody
// is asked about a plan that is stopped anyway.
func TestTheQuestion(t *testing.T) {
	d := newCounter(t)
	d.expect(exitDone, connectTea)
	d.expect(exitDone, "import run --store main --yes")
	if err := d.shop.SetPrice("POT-1", "42.00"); err != nil {
		t.Fatal(err)
	}
	d.expect(exitDone, "import preview --store main")
	d.terminal, d.stdin = true, "n\n"
	for _, line := range []string{"import run --store main latest", "import run --store main"} {
		asked := d.expect(exitFailed, line, "Write 1 change into store main? [y/N]", "look at each change", "nothing was changed")
		if strings.Contains(asked.stderr, "apply exactly this") {
			t.Errorf("%s tells what only another run could do:\n%s", line, asked.stderr)
		}
		stopped := d.expect(exitGuard, line+" --max-update 0", "it would update 1 of 101 variants")
		if strings.Contains(stopped.stderr, "[y/N]") {
			t.Errorf("%s asks although it is stopped:\n%s", line, stopped.stderr)
		}
	}
	d.stdin = "y\n"
	d.expect(exitDone, "import run --store main", "1 change written")
}
