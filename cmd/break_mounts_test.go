package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// mounts runs commands on real file systems that are full or may only be read, in a
// name space of their own where that needs no rights.
//
// hazard P4, P7
func (b *breaker) mounts(t *testing.T) {
	probe := exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", t.TempDir())
	if err := probe.Run(); err != nil {
		b.count("mounts that this machine does not allow")
		t.Skip("unshare -rm mount: ", err)
	}
	s := b.set(t, oneImport())
	s.reset()
	s.desk.mustRun(strings.Fields(s.line())...)
	s.willBe = s.desk.content()
	whole := kilobytes(t, s.before)
	var spare []int
	for k := 0; k < 2400; k += 60 {
		spare = append(spare, k)
	}
	for _, k := range campaign.Some(t, "sizes", spare, 1, 3) {
		t.Run(fmt.Sprintf("%d KB are free", k), func(t *testing.T) {
			on, desk := *s, *s.desk
			on.desk, desk.t = &desk, t
			got := on.within(fmt.Sprintf(`mount -t tmpfs -o size=%dk,mode=700 tmpfs "$PLACE"`, whole+k+64), s.command)
			if got.status == exit.Done && on.desk.content() != s.willBe || got.status > 0 && !saysWhatIsNext(got.told) || strings.Contains(got.told, "goroutine ") {
				t.Errorf("exit status %d\n%s", got.status, got.told)
			}
			on.look("")
			b.count("imports onto a small file system")
		})
	}
	commands := []string{
		s.command, connectMain, "import preview --store main", "reconcile --store main", "status", "status --probe", "doctor", "runs list", "runs show latest", "catalog products -o csv",
		"warehouses list", "state info", "state backup PLACE/copy.db", "runs prune --keep 1", "disconnect shopify --store main --yes --local", "runs show latest -o html --out PLACE/r.html", "status --metrics-file PLACE/m.prom",
	}
	for _, command := range campaign.Some(t, "commands", commands, 4, len(commands)) {
		t.Run("read-only "+command, func(t *testing.T) {
			on, desk := *s, *s.desk
			on.desk, desk.t = &desk, t
			got := on.within(`mount -t tmpfs -o size=64m,mode=700 tmpfs "$PLACE"`, strings.ReplaceAll(command, "PLACE", "$PLACE"), `mount -o remount,bind,ro "$PLACE"`)
			if got.status != exit.Done && !saysWhatIsNext(got.told) && !strings.Contains(got.printed, "state file") || strings.Contains(got.told, "goroutine ") {
				t.Errorf("exit status %d\n%s%s", got.status, got.printed, got.told)
			}
			if on.desk.content() != s.was {
				t.Error("the catalogue changed")
			}
			assertUnharmed(t, on.desk.home)
			b.count("commands on a file system that may only be read")
		})
	}
}

// within mounts a file system, copies the home folder there, does what comes then,
// runs the command, and has what is left as the desk's home.
func (s *set) within(mount, command string, then ...string) broken {
	place, left := s.desk.t.TempDir(), s.desk.t.TempDir()
	script := strings.Join(append([]string{mount, `cp -a "$BEFORE"/. "$PLACE"/`}, then...), " && ") +
		` || exit 99; HOME="$PLACE" eshopctl ` + command + `; status=$?; cp -a "$PLACE"/. "$LEFT"/; exit $status`
	got := s.desk.limited(fmt.Sprintf("PLACE='%s' LEFT='%s' BEFORE='%s'; export PLACE LEFT BEFORE; unshare -rm sh -c '%s'", place, left, s.before, script))
	if got.status == 99 {
		s.desk.t.Fatalf("the place could not be made: %s", got.told)
	}
	s.desk.home = left
	return got
}

func kilobytes(t *testing.T, folder string) (k int) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		k += int(info.Size()+4095)/4096*4 + 1
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}
