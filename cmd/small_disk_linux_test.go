package cmd

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// A first connect and import on a disk that is too small, whatever its size: each
// command says what it lacks and what to do, nothing half-made has the state file's
// name, and after room is made the same commands work.
//
// hazard P4, P27
func TestSmallDisks(t *testing.T) {
	if !mayMount(t) {
		t.Skip("this machine does not allow unshare -rm mount")
	}
	var sizes []int
	for k := 4; k < 2200; k += 64 { // with this much a first connect and import go through
		sizes = append(sizes, k)
	}
	failed, largest := 0, sizes[len(sizes)-1] // which every sample has
	for _, k := range campaign.Some(t, "sizes", sizes, 4, 12) {
		t.Run(fmt.Sprintf("%d kB", k), func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			// Naming what is mounted as well, the second does not bring the owner along, whom
			// the namespace of a plain user does not know.
			n := d.small(fmt.Sprintf(`mount -t tmpfs -o size=%dk,mode=700 tmpfs "$PLACE"`, k), `mount -o remount,size=64m tmpfs "$PLACE"`)
			if k == largest && n > 0 {
				t.Error("more sizes are to be tried: this one is too small as well")
			}
			failed += n
		})
	}
	if failed == 0 {
		t.Error("every size was large enough")
	}
}

// The same where no file may become larger, which needs no mounts.
//
// hazard P6
func TestSmallFiles(t *testing.T) {
	var blocks []int
	for b := 0; b < 2200; b += 128 { // of 512 bytes
		blocks = append(blocks, b)
	}
	failed := 0
	for _, b := range campaign.Some(t, "limits", blocks, 2, 9) {
		t.Run(fmt.Sprintf("%d blocks", b), func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			failed += d.small(fmt.Sprintf(`ulimit -S -f %d`, b), `ulimit -S -f unlimited`)
		})
	}
	if failed == 0 {
		t.Error("no limit was too small")
	}
}

// small does a first connect and import in a home folder where room is short, and once
// more when it is not. It returns how many of the first two failed.
func (d *desk) small(shorten, widen string) (failed int) {
	d.t.Helper()
	place, left := d.t.TempDir(), d.t.TempDir()
	lines := []string{connectMain, runMain, "state info", "status", "doctor"}
	script := shorten + " || exit 99; HOME=$PLACE; export HOME\n"
	for i, line := range append(lines, lines...) {
		if i == len(lines) {
			script += `ls "$PLACE"/.local/state/eshopctl >"$LEFT"/names; ` + widen + " || exit 99\n"
		}
		script += fmt.Sprintf("echo '== %s'; eshopctl %s 2>&1; echo \"== $?\"\n", line, line)
	}
	script += `cp -a "$PLACE"/. "$LEFT"/`
	shell := []string{"sh", "-c", script}
	if strings.HasPrefix(shorten, "mount ") {
		shell = append([]string{"unshare", "-rm"}, shell...)
	}
	command := exec.Command(shell[0], shell[1:]...)
	command.Env = append(d.command().Env, "PLACE="+place, "LEFT="+left)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil {
		d.t.Fatalf("%v\n%s", err, out.String())
	}
	steps := strings.Split("\n"+out.String(), "\n== ")[1:]
	for i := 0; i+1 < len(steps); i += 2 {
		line, said, _ := strings.Cut(steps[i], "\n")
		status := strings.TrimSpace(steps[i+1])
		switch {
		case i < 4 && status != "0":
			failed++
			d.saysWhy(line, status, said)
		case i < 2*len(lines):
			d.saysWhy(line, status, said)
		case status != "0":
			d.t.Errorf("with room again: %s: exit status %s\n%s", line, status, said)
		}
	}
	d.noStrays(left)
	d.home = left
	d.assertConverged()
	return failed
}

// lack is how a lack of room is told, and what comes of one that was told before.
var lack = regexp.MustCompile(`no room|not become as large|file too large|nothing (is )?connected yet|setup was interrupted|was interrupted; nothing of it was written`)

func (d *desk) saysWhy(line, status, said string) {
	d.t.Helper()
	if status == "0" {
		return
	}
	if !lack.MatchString(said) || !saysWhatIsNext(said) && !strings.Contains(said, "cure: ") || strings.Contains(said, "backup") || strings.Contains(said, "bug") || strings.Contains(said, "goroutine ") {
		d.t.Errorf("%s: exit status %s\n%s", line, status, said)
	}
}

// noStrays makes sure that nothing half-made is left, now and before there was room.
func (d *desk) noStrays(left string) {
	d.t.Helper()
	names, _ := os.ReadFile(filepath.Join(left, "names")) // there is no folder where there was no room for it
	found, err := filepath.Glob(filepath.Join(left, ".local", "state", "eshopctl", "*"+".new-*"))
	if err != nil || len(found) > 0 || strings.Contains(string(names), ".new-") {
		d.t.Errorf("left behind: %q, and before: %s", found, names)
	}
}
