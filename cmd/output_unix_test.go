//go:build unix

package cmd

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// nowhere is a file that takes nothing: a full disk, or a pipe that nobody reads.
func nowhere(t *testing.T, kind string) *os.File {
	t.Helper()
	if kind == "pipe" {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		read.Close()
		return write
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	return full
}

// complaint is what a command says whose answer goes nowhere, and its exit status.
func (d *desk) complaint(kind string, args ...string) (said string, status int) {
	d.t.Helper()
	out := nowhere(d.t.(*testing.T), kind)
	defer out.Close()
	command := d.command(args...)
	var complained strings.Builder
	command.Stdout, command.Stderr = out, &complained
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	return complained.String(), command.ProcessState.ExitCode()
}

// What was done stays done, and is said, when the answer reaches nobody.
//
// hazard P19
func TestAnswersThatReachNobody(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	for _, test := range []struct{ kind, line, says string }{
		{"disk", "connect shopify --store main --shop tea-and-cups --auth browser", "all else is done: store main is connected to tea-and-cups.myshopify.com"},
		{"disk", "import preview", " is a preview, and its plan is kept"},
		{"disk", "import run --yes", " was applied to store main"},
		{"pipe", "import run --yes", " was applied to store main"},
		{"disk", "import run --yes -o json", " was applied to store main"},
		{"pipe", "import run --yes -q -o jsonl", " was applied to store main"},
		{"disk", "import run --all-stores --yes -o json", " was applied to store main"},
		{"disk", "reconcile", " compared shop and store"},
		{"disk", "runs prune --keep 3", "the old runs of store main are pruned"},
	} {
		said, status := d.complaint(test.kind, strings.Fields(test.line)...)
		if status != exit.Failed || !strings.Contains(said, test.says) || strings.Contains(said, "bug") || !strings.Contains(said, "next: eshopctl ") {
			t.Errorf("%s, %s: exit status %d\n%s", test.line, test.kind, status, said)
		}
		if strings.HasPrefix(test.line, "import") {
			newest := runIDs(d.mustRun("runs", "list", "-o", "json"))[0]
			if !strings.Contains(said, "run "+newest+" ") || !strings.Contains(said, "next: eshopctl runs show "+newest) && !strings.Contains(test.line, "all-stores") {
				t.Errorf("%s: run %s is not named: %s", test.line, newest, said)
			}
		}
	}
	assertInvariants(t, d.home)
}

// A command that only looks says that it could not, or nothing to whoever had enough.
func TestLooksThatReachNobody(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	for _, line := range []string{"status", "status -o json", "catalog products -o jsonl", "catalog stock -o csv", "runs show latest", "help environment", "doctor", "version"} {
		said, status := d.complaint("disk", strings.Fields(line)...)
		if status != exit.Failed || !strings.Contains(said, "standard output cannot be written: no space left on device") || strings.Contains(said, "bug") || !strings.Contains(said, line) {
			t.Errorf("%s: exit status %d\n%s", line, status, said)
		}
		if said, status := d.complaint("pipe", strings.Fields(line)...); status != exit.ClosedPipe || said != "" {
			t.Errorf("%s: exit status %d\n%s", line, status, said)
		}
	}
}

// A run goes on when nobody reads its progress any more.
func TestProgressThatReachesNobody(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	for _, kind := range []string{"pipe", "disk"} {
		command := d.command("import", "run", "--yes", "-v")
		nobody := nowhere(t, kind)
		command.Stderr = nobody
		if printed, err := command.Output(); err != nil || len(runIDs(string(printed))) == 0 {
			t.Errorf("%s: %v: %s", kind, err, printed)
		}
		nobody.Close()
	}
}

// A file beside the answer that cannot be written any more when the import was applied.
func TestMetricsThatReachNobody(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "metrics")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	gone := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = os.RemoveAll(folder)
			next.ServeHTTP(w, r)
		})
	}
	d := newDeskWith(t, gone, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	for _, output := range []string{"table", "json"} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		printed, said, status := d.run("import", "run", "--yes", "-q", "-o", output, "--metrics-file", filepath.Join(folder, "eshopctl.prom"))
		newest := runIDs(d.mustRun("runs", "list", "-o", "json"))[0]
		if status != exit.Failed || !strings.Contains(said, "run "+newest+" was applied to store main") || strings.Contains(printed, `"error":{`) || strings.Contains(said, "bug") {
			t.Errorf("exit status %d: %s%s", status, printed, said)
		}
	}
}
