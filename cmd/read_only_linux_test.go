package cmd

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// onlyRead runs the program where the folder of the state file may only be read: as
// on a medium of that kind where the system lets us mount one, else by its rights.
func (d *desk) onlyRead(line string) broken {
	d.t.Helper()
	folder := filepath.Dir(d.statePath())
	script := `mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99; shift; exec "$@"`
	command := exec.Command("unshare", append([]string{"-rm", "sh", "-c", script, "sh", folder, "eshopctl"}, strings.Fields(line)...)...)
	if !mayMount(d.t) {
		if os.Geteuid() == 0 {
			d.t.Skip("nothing may be mounted here, and this user may write everywhere")
		}
		if err := os.Chmod(folder, 0o500); err != nil {
			d.t.Fatal(err)
		}
		defer os.Chmod(folder, 0o700)
		command = d.command(strings.Fields(line)...)
	}
	command.Env = d.command().Env
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	if command.ProcessState.ExitCode() == 99 {
		d.t.Fatalf("the place could not be made: %s", told.String())
	}
	return broken{out.String(), told.String(), command.ProcessState.ExitCode()}
}

// mayMount reports whether this user may mount something in a name space of its own.
func mayMount(t testing.TB) bool {
	return exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", t.TempDir()).Run() == nil
}

// Readers read a state file that lies where nothing can be written, whatever a killed
// process left beside it; writers say what cannot be written. Nobody is told to
// restore a backup of a file that is good.
//
// hazard P7
func TestReadOnlyMedium(t *testing.T) {
	left := map[string]func(t *testing.T, path string){
		"nothing": func(*testing.T, string) {},
		"a log": func(t *testing.T, path string) {
			leaveLog(t, path, "-wal")
		},
		"a log and its index": func(t *testing.T, path string) { leaveLog(t, path, "-wal", "-shm") },
		"an empty log": func(t *testing.T, path string) {
			if err := os.WriteFile(path+"-wal", nil, 0o600); err != nil {
				t.Fatal(err)
			}
		},
	}
	for _, name := range campaign.Some(t, "leftovers", []string{"a log", "nothing", "a log and its index", "an empty log"}, 2, 4) {
		leave := left[name]
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			d.mustRun(strings.Fields(connectMain)...)
			d.mustRun(strings.Fields(runMain)...)
			path := d.statePath()
			for _, beside := range []string{"-wal", "-shm"} {
				_ = os.Remove(path + beside) // of those who only read
			}
			vendor := "Falcon"
			if leave(t, path); strings.Contains(name, "a log") && name != "an empty log" {
				vendor = "Left in the log"
			}
			for line, want := range map[string]string{
				"status": "green", "runs list": "succeeded", "catalog products --search enamel": vendor, "state info": "35", "warehouses list": "Leeds",
				"state backup " + d.home + "/" + "copy.db": "checked",
			} {
				if got := d.onlyRead(line); got.status != exit.Done || !strings.Contains(got.printed, want) {
					t.Errorf("%s: exit status %d\n%s%s", line, got.status, got.printed, got.told)
				}
			}
			for _, line := range []string{runMain, "import preview --store main", connectMain, "disconnect shopify --store main --yes --local", "doctor"} {
				got := d.onlyRead(line)
				both := got.printed + got.told
				if got.status != exit.Failed || !strings.Contains(both, "cannot be written") || strings.Contains(both, "backup") || strings.Contains(both, "bug") {
					t.Errorf("%s: exit status %d\n%s", line, got.status, both)
				}
			}
			if copied := d.home + "/copy.db"; !strings.Contains(readAll(t, copied), vendor) {
				t.Error("the backup lacks what the log held")
			}
			d.mustRun(strings.Fields(runMain)...)
			d.assertConverged()
		})
	}
}

// leaveLog changes the file and leaves what a killed process does beside it.
func leaveLog(t *testing.T, path string, endings ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA wal_autocheckpoint = 0; UPDATE products SET vendor = 'Left in the log'"); err != nil {
		t.Fatal(err)
	}
	left := map[string]string{"": readAll(t, path)}
	for _, ending := range endings {
		left[ending] = readAll(t, path+ending)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for ending, content := range left {
		if err := os.WriteFile(path+ending, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
