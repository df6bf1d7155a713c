package cmd

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
)

// No file that a command writes takes the place of the state file, of what SQLite has
// beside it, or of the key.
func TestStateIsNeverOverwritten(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	folder := filepath.Join(d.folder, "eshopctl")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	hard := filepath.Join(t.TempDir(), "hard.prom")
	if err := os.Link(filepath.Join(folder, "state.db"), hard); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		folder + "/state.db", folder + "/../eshopctl/state.db", folder + "/state.db-wal", folder + "/state.db-shm", folder + "/state.db-journal", folder + "/key",
		link + "/state.db", link + "/state.db-wal", hard,
	} {
		for _, command := range []string{"status --metrics-file ", "import run --store main --yes --metrics-file ", "runs show latest -o html --out ", "reconcile --store main -o html --out "} {
			d.expect(exit.Usage, command+path, "is the state file, or belongs to it")
		}
		d.expect(exit.Usage, "state backup "+path)
	}
	d.expect(exit.Done, "status --probe", "green")
	assertInvariants(t, d.folder)
}
