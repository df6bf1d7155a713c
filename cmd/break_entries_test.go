package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// entries looks at the names that commands give to files: when a command says that it
// is done, the folder of each name was synced after the name was given, so that no
// name is lost with the power (fsync(2): "Calling fsync() does not necessarily ensure
// that the entry in the directory containing the file has also reached disk").
//
// hazard P2
func (b *breaker) entries(t *testing.T) {
	if err := exec.Command("strace", "-qq", "-o", "/dev/null", "true").Run(); err != nil {
		b.count("traces that this machine does not allow")
		t.Skip("strace: ", err)
	}
	d := b.desk(t, sandboxtest.DefaultShop())
	named := 0
	for _, command := range []string{
		connectMain, runMain + " --metrics-file HOME/m.prom", "runs show latest -o html --out HOME/report.html", "state backup HOME/.local/copy.db",
		"status --metrics-file HOME/m.prom", "import preview --store main --reader bulk",
	} {
		t.Run(command, func(t *testing.T) {
			trace := filepath.Join(t.TempDir(), "trace")
			line := "strace -f -y -qq -s 4096 -e trace=open,openat,creat,mkdir,mkdirat,link,linkat,rename,renameat,renameat2,fsync,fdatasync -o " + trace + " eshopctl " + strings.ReplaceAll(command, "HOME", d.home)
			before := filesBelow(t, d.home)
			if got := d.limited(line); got.status != exit.Done {
				t.Fatalf("exit status %d\n%s", got.status, got.told)
			}
			text, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			unsynced := unsyncedNames(string(text))
			for path := range filesBelow(t, d.home) {
				if before[path] || strings.HasSuffix(path, ".lock") || strings.HasSuffix(path, "-shm") {
					continue // what is in these counts only while somebody has them open
				}
				if info, err := os.Stat(path); err == nil && strings.HasSuffix(path, "-wal") && info.Size() == 0 {
					continue // it holds nothing that could be lost
				}
				named++
				if unsynced[path] {
					t.Errorf("the name of %s may be lost", strings.TrimPrefix(path, d.home))
				}
			}
			b.count("commands whose names of files were traced")
		})
	}
	if named < 8 {
		t.Errorf("only %d names were given: the test tests nothing", named)
	}
}

var (
	names  = regexp.MustCompile(`(?:open|openat|creat|mkdir|mkdirat)\((?:AT_FDCWD(?:<[^>]*>)?, )?"([^"]*)".*= \d`)
	twice  = regexp.MustCompile(`(?:link|linkat|rename|renameat|renameat2)\(.*"([^"]*)"(?:, [A-Z_0|]+)?\) = 0`)
	synced = regexp.MustCompile(`(?:fsync|fdatasync)\(\d+<([^>]*)>`)
)

// unsyncedNames are the paths that were made, and whose folder was not synced since.
func unsyncedNames(trace string) map[string]bool {
	waiting := map[string]bool{}
	for line := range strings.Lines(trace) {
		if found := synced.FindStringSubmatch(line); found != nil {
			for path := range waiting {
				if filepath.Dir(path) == found[1] {
					delete(waiting, path)
				}
			}
		} else if found := twice.FindStringSubmatch(line); found != nil {
			waiting[found[1]] = true
		} else if found := names.FindStringSubmatch(line); found != nil && (strings.Contains(line, "O_CREAT") || strings.Contains(line, "mkdir")) {
			waiting[found[1]] = true
		}
	}
	return waiting
}

func filesBelow(t *testing.T, folder string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		found[path] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
